// Short messages that disappear after a while.

import { h } from './dom.js';

const SHOWN_MS = 8000;
const MOST = 4;

/** Shows a message in one of the tones of `badge`. */
export function toast(text, tone) {
  const stack = document.getElementById('toasts');
  const element = h('div', { class: `toast ${tone}` }, h('span', {}, text));
  stack.append(element);
  while (stack.children.length > MOST) stack.firstChild.remove();
  setTimeout(() => element.remove(), SHOWN_MS);
}
