// The operator's token: prompted for once, kept in this tab, sent with every call.

import { h } from './dom.js';

const KEY = 'admin_token';

let asking = null;
let declined = false;

/** The token, empty when none is known. */
export const token = () => sessionStorage.getItem(KEY) ?? '';

/** Forgets a token that was refused. */
export const forgetToken = () => sessionStorage.removeItem(KEY);

/** Allows another prompt after one was closed without a token. */
export const askAgain = () => {
  declined = false;
};

/** Prompts once for all waiting calls; true when there is a token now. */
export function askForToken(refused) {
  if (token() !== '') return Promise.resolve(true);
  if (declined) return Promise.resolve(false);
  asking ??= ask(refused).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(refused) {
  const input = h('input', {
    id: 'token-input',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    'aria-labelledby': 'token-title',
  });
  const dialog = h(
    'dialog',
    { class: 'token', 'aria-labelledby': 'token-title' },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id: 'token-title' }, 'Admin token'),
      h(
        'p',
        { class: refused ? 'bad' : 'note' },
        refused ? 'The token is wrong. ' : 'This gateway requires a token. ',
        'It is one of ',
        h('code', {}, 'management.tokens'),
        ' of its configuration, and stays in this tab.',
      ),
      input,
      h('p', { class: 'actions' }, h('button', { class: 'primary', value: 'use' }, 'Continue')),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'use' ? input.value.trim() : '';
      if (given !== '') sessionStorage.setItem(KEY, given);
      else declined = true;
      dialog.remove();
      done(given !== '');
    });
  });
}
