// A row of the list of requests.

import { requestAddress } from './address.js';
import { h, setAttribute, setText } from './dom.js';
import { clock, count, dollars, duration, shortId, target, words } from './format.js';
import { outcomeBadge } from './outcome.js';

/** Columns: name, and the class for its alignment and the widths at which it is shown. */
export const HEADS = [
  ['Time', 'time'],
  ['Id', 'id'],
  ['Model', 'route'],
  ['Outcome', 'outcome'],
  ['Client', 'client wide'],
  ['Attempts', 'number wide'],
  ['Latency', 'number'],
  ['TTFT', 'number wide'],
  ['Tokens', 'number wide'],
  ['Cost', 'number wide'],
];

/** An empty row. */
export function row(id) {
  const cells = HEADS.map(([, kind]) => h('td', { class: kind }));
  const [time, link, route, outcome, client, attempts, latency, ttft, tokens, cost] = cells;
  const address = requestAddress(id);
  link.append(h('a', { href: address, class: 'mono', title: id, 'data-row': id }, shortId(id)));
  const element = h(
    'tr',
    {
      onclick: (event) => {
        const selects = getSelection().toString() !== '';
        if (!event.target.closest('a') && !selects) location.hash = address;
      },
    },
    cells,
  );
  const each = { element, request: null };
  each.show = (request) => {
    each.request = request;
    const running = request.outcome === 'in_progress';
    setText(time, clock(request.started_at));
    setAttribute(time, 'title', request.started_at);
    show(route, request, routeOf);
    show(outcome, request, outcomeOf);
    setText(client, request.client_id ?? '');
    setAttribute(client, 'title', request.client_id);
    setText(attempts, String(request.attempts));
    setAttribute(attempts, 'class', request.attempts > 1 ? 'number wide notable' : 'number wide');
    setText(latency, running ? '…' : duration(request.latency_ms));
    setText(ttft, duration(request.first_token_ms));
    setText(tokens, running ? '…' : count(request.tokens_used));
    setText(cost, dollars(request.cost_usd));
  };
  return each;
}

/** Replaces the cell's content only when it differs. */
function show(cell, request, make) {
  const key = [request.outcome, request.code, request.model, request.provider, request.answered_model].join();
  if (cell.dataset.key === key) return;
  cell.dataset.key = key;
  cell.replaceChildren(...make(request));
}

/** The model asked for, and the target that answered. */
function routeOf(request) {
  const asked = h('span', {}, request.model ?? 'no model');
  if (!request.provider) return [asked];
  const same = request.model === request.answered_model;
  const answered = same ? request.provider : target(request.provider, request.answered_model);
  return [
    asked,
    h('span', { class: 'arrow', 'aria-label': 'answered by' }, ' → '),
    h('span', { class: same ? 'soft' : 'notable' }, answered),
  ];
}

/** The outcome and the error. */
function outcomeOf(request) {
  const bad = request.code && request.outcome !== 'success';
  return [
    outcomeBadge(request.outcome),
    ...(bad ? [h('span', { class: 'code' }, words(request.code))] : []),
  ];
}
