// Dialogs that ask before something is done, and the one that shows a new secret.

import { copyable, h } from './dom.js';

let last = 0;

/**
 * Asks; the answer is the form's fields, or null if it was closed. Enter in a field confirms; where
 * there is none to fill in, Enter cancels, so that nothing is done by a key pressed too often.
 */
export function ask(title, action, ...content) {
  const cancel = h('button', { type: 'button', onclick: () => dialog.close('no') }, 'Cancel');
  const form = h(
    'form',
    { method: 'dialog' },
    content,
    h(
      'p',
      { class: 'actions' },
      cancel,
      h('button', { class: 'primary', value: 'yes' }, action),
    ),
  );
  const dialog = opened(title, form);
  if (form.querySelector('input:not([type=radio])') === null) cancel.focus();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      const fields = Object.fromEntries(new FormData(form));
      done(dialog.returnValue === 'yes' ? fields : null);
    });
  });
}

/** Shows a secret until the reader says that it is kept. */
export function showSecret(name, secret) {
  const dialog = opened(
    `The key of ${name}`,
    h(
      'form',
      { method: 'dialog' },
      h('p', {}, 'It is shown this once. Give it to its owner by a way that keeps secrets.'),
      h('div', { class: 'secret' }, copyable(secret)),
      h('p', { class: 'actions' }, h('button', { class: 'primary', value: 'yes' }, 'I have it')),
    ),
  );
  // A key pressed by mistake must not lose it.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  return new Promise((done) => {
    dialog.addEventListener('close', () => done());
  });
}

function opened(title, content) {
  const id = `dialog-${++last}`;
  const heading = h('h2', { id }, title);
  const dialog = h('dialog', { class: 'ask', 'aria-labelledby': id }, heading, content);
  const before = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
