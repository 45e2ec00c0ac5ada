// What an administrator does with a key or team besides editing it.

import { lastKeys } from './address.js';
import { send } from './api.js';
import { ask, showSecret } from './dialog.js';
import { h } from './dom.js';
import { plural } from './format.js';
import { toast } from './toast.js';

/** Reports a change, and which gateways have not seen it within the time. */
export function changed(answer, text) {
  toast(text, 'good');
  const lagging = answer.lagging ?? [];
  if (lagging.length > 0) {
    const who = lagging.map((each) => each.host).join(', ');
    toast(`${plural(lagging.length, 'gateway')} have not seen it yet: ${who}`, 'warn');
  }
}

/** The buttons; `done` is called after each change. */
export function actions(kind, subject, path, done) {
  return kind === 'key' ? keyActions(subject, path, done) : teamActions(subject, path);
}

function keyActions(key, path, done) {
  const off = key.state === 'off';
  return [
    button('rotate', 'Rotate', () => rotate(key, path), done),
    button('off', off ? 'Switch on' : 'Switch off', () => turn(key, path, !off), done),
    button('revoke', 'Revoke', () => revoke(key, path), done),
  ];
}

function teamActions(team, path) {
  const leave = () => (location.hash = lastKeys());
  return [
    button('credit', 'Add credit', () => credit(team), () => {}),
    button('remove', 'Remove', () => remove(team, path), leave),
  ];
}

/** A button whose work answers whether anything was changed. */
function button(id, title, work, done) {
  const element = h('button', { type: 'button', id }, title);
  element.addEventListener('click', async () => {
    element.disabled = true;
    try {
      if (await work()) await done();
    } catch (problem) {
      toast(`${problem.message}${problem.code ? ` (${problem.code})` : ''}`, 'bad');
      if (problem.code === 'stale_version') await done();
    }
    element.disabled = false;
  });
  return element;
}

async function rotate(key, path) {
  const overlap = input('overlap', 'The old secret works for', { value: '24h', required: true });
  const ends = key.old_key_until !== null;
  const fields = await ask(
    `Rotate ${key.name}`,
    'Rotate',
    h('p', {}, 'It gets a new secret, which is shown once. 0s ends the old one at once.'),
    ends ? h('p', { class: 'warn' }, 'The secret before the last one ends now.') : null,
    overlap,
  );
  if (fields === null) return false;
  const body = { overlap: fields.overlap.trim() };
  const made = await send('POST', `${path}/rotate?wait=5s`, body, key.version);
  changed(made, `${key.name} was rotated`);
  await showSecret(key.name, made.key);
  return true;
}

async function turn(key, path, off) {
  const made = await send('PATCH', `${path}?wait=5s`, { off }, key.version);
  changed(made, `${key.name} was switched ${off ? 'off' : 'on'}`);
  return true;
}

async function revoke(key, path) {
  const choice = (value, title, checked) =>
    h(
      'label',
      { class: 'flag' },
      h('input', { type: 'radio', name: 'running', value, checked }),
      h('span', {}, title),
    );
  const fields = await ask(
    `Revoke ${key.name}?`,
    'Revoke for ever',
    h('p', {}, 'Its requests are refused from now on. This cannot be taken back.'),
    choice('cut', 'End its running requests too', true),
    choice('finish', 'Let its running requests finish', false),
  );
  if (fields === null) return false;
  const made = await send('DELETE', `${path}?running=${fields.running}&wait=5s`, null, key.version);
  changed(made, `${key.name} was revoked`);
  return true;
}

async function credit(team) {
  const periods = Object.keys(team.budget);
  if (periods.length === 0) {
    toast(`${team.name} has no budget to add to.`, 'warn');
    return false;
  }
  const options = periods.map((value) => h('option', { value }, value));
  const fields = await ask(
    `Add credit to ${team.name}`,
    'Add',
    h('p', {}, 'It adds to the budget of the current period only.'),
    input('amount', 'US dollars', { required: true, inputmode: 'decimal' }),
    h('label', {}, h('span', {}, 'Period'), h('select', { name: 'period' }, options)),
    input('reason', 'Reason', { required: true, maxlength: 256 }),
  );
  if (fields === null) return false;
  const body = { ...fields, subject: team.id, amount: Number(fields.amount) };
  changed(await send('POST', '/api/credits?wait=5s', body), 'The credit was added');
  return true;
}

async function remove(team, path) {
  const text = h('p', {}, 'A team that keys belong to cannot be removed.');
  if ((await ask(`Remove ${team.name}?`, 'Remove', text)) === null) return false;
  changed(await send('DELETE', `${path}?wait=5s`, null, team.version), `${team.name} was removed`);
  return true;
}

const input = (name, title, properties) =>
  h(
    'label',
    {},
    h('span', {}, title),
    h('input', { name, autocomplete: 'off', spellcheck: 'false', ...properties }),
  );
