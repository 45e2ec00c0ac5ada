// Creates elements. No markup is parsed, so a provider's text cannot become an element.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: h('p', {class: 'why', onclick: f}, 'text', child, null). */
export function h(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function s(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text only when it changed, so that a selection in it survives updates. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
  return element;
}

/** Sets an attribute only when it changed; null removes it. */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  return element;
}

// Shapes differ as well as colours, so that states can be distinguished without colours.
const ICONS = {
  ok: 'M3.5 8.5l3 3 6-7',
  fail: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 3.5v5.5M8 12v.5',
  wait: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8M8 4.8V8l2.2 1.6',
  stop: 'M4 8h8',
  run: 'M5.5 4l6 4-6 4z',
  move: 'M3 8h9M9 4.5L12.5 8 9 11.5',
  copy: 'M5.5 5.5h7v7h-7zM3.5 10.5v-7h7',
  back: 'M10 3.5L5.5 8l4.5 4.5',
  sun:
    'M8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3' +
    'M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13 9.6A5.5 5.5 0 016.4 3a5.5 5.5 0 106.6 6.6z',
};

/** A small drawing, hidden from screen readers; a word stands beside it. */
export function icon(name) {
  const path = s('path', { d: ICONS[name] });
  return s('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, path);
}

/** A word with its icon and its tone: good, bad, warn, busy or calm. */
export function badge(tone, iconName, word) {
  return h('span', { class: `badge ${tone}` }, icon(iconName), h('span', {}, word));
}

/** A button that copies a text and confirms it. */
export function copyable(text) {
  const button = h(
    'button',
    { type: 'button', class: 'copy', title: 'Copy', 'aria-label': `Copy ${text}` },
    h('span', { class: 'mono' }, text),
    icon('copy'),
  );
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.classList.add('done');
      setTimeout(() => button.classList.remove('done'), 1200);
    } catch {
      // The browser does not allow it: select the text, to be copied by hand.
      getSelection().selectAllChildren(button.firstChild);
    }
  });
  return button;
}
