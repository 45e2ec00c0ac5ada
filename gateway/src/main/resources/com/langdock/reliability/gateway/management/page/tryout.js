// Sends a few requests of the gateway's own, and says what became of them.

import { requestAddress } from './address.js';
import { put, read } from './api.js';
import { h } from './dom.js';
import { plural, shortId } from './format.js';
import { watch } from './live.js';
import { toast } from './toast.js';

const EVERY_MS = 400;
const LONGEST_MS = 90_000;
const MANY = 20;

/** The row of buttons; `stop` ends its updates. */
export function tryout() {
  const model = h('select', { id: 'try-model' });
  const button = (text, stream, count) =>
    h(
      'button',
      {
        type: 'button',
        onclick: () => send(model.value, stream, count),
      },
      text,
    );
  const element = h(
    'div',
    { class: 'tryout', role: 'group', 'aria-label': 'Send requests' },
    h('label', { class: 'field' }, 'Model ', model),
    button('Send 1 request', false, 1),
    button('Send a stream', true, 1),
    button(`Send ${MANY} requests`, false, MANY),
  );
  const stop = watch(({ latest }) => {
    if (!latest) return;
    const models = [
      ...new Set(latest.providers.flatMap((each) => each.targets.map((target) => target.model))),
    ];
    if (model.dataset.models === models.join()) return;
    model.dataset.models = models.join();
    const before = model.value;
    model.replaceChildren(...models.map((name) => h('option', { value: name }, name)));
    if (models.includes(before)) model.value = before;
  });
  return { element, stop };
}

async function send(model, stream, count) {
  try {
    const sent = new Set((await put('/api/try', { model, stream, count })).client_request_ids);
    const show = toast(
      `${stream ? 'A stream' : plural(count, 'request')} sent to ${model}`,
      'busy',
    );
    announce();
    await follow((request) => sent.has(request.client_request_id), count, show);
  } catch (problem) {
    toast(`Nothing is known of what was sent: ${problem.message}`, 'bad');
  }
}

/** Lets the list look at once instead of with its next poll. */
const announce = () => dispatchEvent(new Event('requests-changed'));

/** Looks until all of them have ended, for a minute and a half at most. */
async function follow(isOurs, count, show) {
  const end = Date.now() + LONGEST_MS;
  while (Date.now() < end) {
    await new Promise((later) => setTimeout(later, EVERY_MS));
    const found = (await read('/api/requests?limit=500')).requests.filter(isOurs);
    const ended = found.filter((each) => each.outcome !== 'in_progress');
    if (ended.length >= count) {
      announce();
      show(count === 1 ? oneResult(ended[0]) : results(ended), toneOf(ended), linkTo(ended));
      return;
    }
  }
}

/** Where there is one, it can be opened. */
function linkTo(list) {
  if (list.length !== 1) return null;
  const id = list[0].request_id;
  return { href: requestAddress(id), text: shortId(id) };
}

const succeeded = (request) => request.outcome === 'success';
const toneOf = (list) => (list.every(succeeded) ? 'good' : 'bad');

function oneResult(request) {
  if (!succeeded(request)) return `Not answered: ${request.code ?? request.outcome}`;
  return `Answered by ${request.provider} after ${plural(request.attempts, 'attempt')}`;
}

function results(list) {
  const good = list.filter(succeeded);
  const by = new Map();
  good.forEach((each) => by.set(each.provider, (by.get(each.provider) ?? 0) + 1));
  const whom = [...by].map(([provider, times]) => `${times} by ${provider}`).join(', ');
  const bad = list.length - good.length;
  return `${good.length} of ${list.length} answered${whom ? `: ${whom}` : ''}${bad > 0 ? `; ${bad} failed` : ''}`;
}
