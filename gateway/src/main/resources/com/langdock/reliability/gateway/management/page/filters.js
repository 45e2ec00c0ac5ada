// The filters of the list of requests. They outlive the list: who comes back finds them as they were.

import { h } from './dom.js';
import { words } from './format.js';
import { watch } from './live.js';
import { OUTCOMES } from './outcome.js';

const TYPING_MS = 1500;

/** What is wanted; an empty text does not matter. */
export const wanted = { provider: '', model: '', outcome: '', id: '' };

let typedAt = 0;

/** Whether somebody is typing a filter right now. */
export const typing = () => Date.now() - typedAt < TYPING_MS;

/** The form; calls back after every change. */
export function filters(changed) {
  const provider = choice('provider', 'Provider', changed);
  const model = choice('model', 'Model', changed);
  const outcome = choice('outcome', 'Outcome', changed);
  offer(outcome, OUTCOMES, words);
  const id = h('input', {
    id: 'filter-id',
    type: 'search',
    placeholder: 'Request id',
    'aria-label': 'Request id',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
    value: wanted.id,
    oninput: () => {
      typedAt = Date.now();
      wanted.id = id.value.trim();
      changed();
    },
  });
  const clear = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        Object.keys(wanted).forEach((name) => {
          wanted[name] = '';
        });
        [provider, model, outcome, id].forEach((control) => {
          control.value = '';
        });
        changed();
      },
    },
    'Clear',
  );
  const element = h(
    'form',
    { class: 'filters', role: 'search', 'aria-label': 'Filter requests' },
    h('span', { class: 'search' }, id, h('kbd', { 'aria-hidden': 'true' }, '/')),
    provider,
    model,
    outcome,
    clear,
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (wanted.id.startsWith('req_')) location.hash = `#/requests/${encodeURIComponent(wanted.id)}`;
  });
  const stop = watch(({ latest }) => {
    if (!latest) return;
    offer(
      provider,
      latest.providers.map((each) => each.name),
    );
    const models = latest.providers.flatMap((each) => each.targets.map((target) => target.model));
    offer(model, [...new Set(models)]);
  });
  return { element, stop };
}

function choice(name, title, changed) {
  const select = h(
    'select',
    { id: `filter-${name}`, 'aria-label': title },
    h('option', { value: '' }, `Any ${title.toLowerCase()}`),
  );
  select.addEventListener('change', () => {
    wanted[name] = select.value;
    changed();
  });
  return select;
}

/** Puts the values into the choice, unless they are there. */
function offer(select, values, form = (value) => value) {
  const there = [...select.options].slice(1).map((option) => option.value);
  if (there.join('\n') === values.join('\n')) return;
  const any = select.options[0];
  select.replaceChildren(any, ...values.map((value) => h('option', { value }, form(value))));
  select.value = wanted[select.id.replace('filter-', '')];
}
