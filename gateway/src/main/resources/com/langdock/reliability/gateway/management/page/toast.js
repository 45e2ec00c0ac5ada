// Short messages that go by themselves.

import { h } from './dom.js';

const STAYS_MS = 8000;
const MOST = 4;

/** Shows a message; `link` is {href, text} or null. Answers how to replace it. */
export function toast(text, tone = 'calm', link = null) {
  const stack = document.getElementById('toasts');
  const element = h('div', { class: 'toast' });
  let timer = 0;
  const show = (words, fresh, to) => {
    element.className = `toast ${fresh}`;
    element.replaceChildren(
      h('span', {}, words),
      ...(to ? [h('a', { href: to.href }, to.text)] : []),
    );
    clearTimeout(timer);
    timer = setTimeout(() => element.remove(), STAYS_MS);
    if (!element.isConnected) stack.append(element);
    while (stack.children.length > MOST) stack.firstChild.remove();
  };
  show(text, tone, link);
  return show;
}
