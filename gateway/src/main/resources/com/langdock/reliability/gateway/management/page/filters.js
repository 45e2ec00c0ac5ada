// The filters of the list of requests. They are part of the address, so that Back and links keep them.

import { FILTERS, go, refine, requestAddress, wanted } from './address.js';
import { h } from './dom.js';
import { words } from './format.js';
import { watch } from './live.js';
import { OUTCOMES } from './outcome.js';

const TYPING_MS = 1500;

// The errors of attempts and requests, by the API's labels.
const CAUSES = [
  'rate_limited',
  'overloaded',
  'server_error',
  'timeout',
  'stalled',
  'stream_broken',
  'connect_failed',
  'connection_reset',
  'dns_failed',
  'tls_failed',
  'malformed_response',
  'credential_rejected',
  'credential_expired',
  'credential_missing',
  'quota_exhausted',
  'provider_refused',
  'model_not_found',
  'context_length_exceeded',
  'content_policy',
  'request_rejected',
  'circuit_open',
  'deadline_exceeded',
];

let typedAt = 0;

/** Whether the reader is typing a filter. */
export const typing = () => Date.now() - typedAt < TYPING_MS;

/** The form. */
export function filters() {
  const provider = choice('provider', 'Provider');
  const model = choice('model', 'Model');
  const outcome = choice('outcome', 'Outcome');
  const error = choice('error', 'Cause');
  const client = field('client_id', 'Client id');
  const id = field('id', 'Request id', '/');
  offer(outcome, OUTCOMES, words);
  offer(error, CAUSES, words);
  const clear = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => go(Object.fromEntries(FILTERS.map((name) => [name, '']))),
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
    error,
    h('span', { class: 'search client' }, client),
    clear,
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (wanted().id.startsWith('req_')) location.hash = requestAddress(wanted().id);
  });
  const controls = { provider, model, outcome, error, client_id: client, id };
  const show = () => {
    const asked = wanted();
    for (const [name, control] of Object.entries(controls)) {
      if (control.tagName === 'SELECT') choose(control, asked[name]);
      else if (document.activeElement !== control) control.value = asked[name];
    }
    clear.hidden = FILTERS.every((name) => asked[name] === '');
  };
  const stop = watch(({ latest }) => {
    if (!latest) return;
    offer(
      provider,
      latest.providers.map((each) => each.name),
    );
    const models = latest.providers.flatMap((each) => each.targets.map((target) => target.model));
    offer(model, [...new Set(models)]);
  });
  show();
  return { element, show, stop };
}

function field(name, title, key) {
  const input = h('input', {
    id: `filter-${name}`,
    type: 'search',
    placeholder: title,
    'aria-label': title,
    'aria-keyshortcuts': key,
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: '256',
    oninput: () => {
      typedAt = Date.now();
      refine({ [name]: input.value.trim() });
    },
  });
  return input;
}

function choice(name, title) {
  const select = h(
    'select',
    { id: `filter-${name}`, 'aria-label': title },
    h('option', { value: '' }, `Any ${title.toLowerCase()}`),
  );
  select.addEventListener('change', () => go({ [name]: select.value }));
  return select;
}

/** Sets the options of a select, unless they are the same. */
function offer(select, values, form = (value) => value) {
  const there = [...select.options].slice(1).map((option) => option.value);
  if (there.join('\n') === values.join('\n')) return;
  const any = select.options[0];
  select.replaceChildren(any, ...values.map((value) => h('option', { value }, form(value))));
  choose(select, wanted()[select.id.replace('filter-', '')]);
}

/** Selects a value, adding an option for one from a link that has none. */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(h('option', { value }, words(value)));
  }
  if (select.value !== value) select.value = value;
}
