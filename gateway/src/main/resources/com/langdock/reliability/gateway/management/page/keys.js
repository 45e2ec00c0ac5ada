// The keyboard.

import { h } from './dom.js';

const PLACES = ['#/', '#/keys', '#/usage', '#/config'];

const KEYS = [
  ['1 – 4', 'requests, keys, usage, configuration'],
  ['/', 'find a request by its id, keys by their owner'],
  ['j  or  ↓', 'next row'],
  ['k  or  ↑', 'previous row'],
  ['Enter', 'open the row'],
  ['n', 'a new key'],
  ['e', 'edit a key or team'],
  ['Esc', 'back to the list, or leave a field'],
  ['t', 'light or dark'],
  ['?', 'these keys'],
];

/** Handles keys; `button` shows them, `toOverview` leaves a request or key. */
export function listenToKeys(button, themeButton, toOverview) {
  const dialog = h(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title' },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h(
      'dl',
      {},
      KEYS.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what))),
    ),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  document.body.append(dialog);
  const actions = {
    '/': () => document.querySelector('#filter-id, #filter-owner')?.focus(),
    n: () => document.getElementById('new-key')?.click(),
    e: () => document.getElementById('edit')?.click(),
    ...Object.fromEntries(PLACES.map((place, at) => [at + 1, () => (location.hash = place)])),
    '?': () => dialog.showModal(),
    j: () => move(1),
    k: () => move(-1),
    t: () => themeButton.click(),
    Escape: () => back(toOverview),
  };
  button.addEventListener('click', () => dialog.showModal());
  document.addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest?.('input, select, textarea');
    if (field) {
      if (event.key === 'Escape') field.blur();
      return;
    }
    const onRow = event.target.closest?.('[data-row]');
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // Without a focused row the arrows scroll, as usual.
    const action = arrow && onRow ? () => move(arrow) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function move(step) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  rows[to].focus();
  rows[to].scrollIntoView({ block: 'nearest' });
}

function back(toOverview) {
  // What was filled in must not be lost by a key that leaves a field.
  const fillsIn = document.querySelector('form.edit') !== null;
  if (!fillsIn && /^#\/(requests|keys|teams)\//.test(location.hash)) toOverview();
  else document.activeElement?.blur();
}
