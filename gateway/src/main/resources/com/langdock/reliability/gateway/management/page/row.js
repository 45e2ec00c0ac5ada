// A row of the list of requests.

import { requestAddress } from './address.js';
import { h, mark, say } from './dom.js';
import { clock, count, dollars, duration, shortId, target, words } from './format.js';
import { outcomeBadge } from './outcome.js';

/** Columns: name, and the class that says how it is set and on which widths it shows. */
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
    say(time, clock(request.started_at));
    mark(time, 'title', request.started_at);
    show(route, request, routeOf);
    show(outcome, request, outcomeOf);
    say(client, request.client_id ?? '');
    mark(client, 'title', request.client_id);
    say(attempts, String(request.attempts));
    mark(attempts, 'class', request.attempts > 1 ? 'number wide notable' : 'number wide');
    say(latency, running ? '…' : duration(request.latency_ms));
    say(ttft, duration(request.first_token_ms));
    say(tokens, running ? '…' : count(request.tokens_used));
    say(cost, dollars(request.cost_usd));
  };
  return each;
}

/** Makes the cell's content again only when it would differ. */
function show(cell, request, make) {
  const key = [request.outcome, request.code, request.model, request.provider, request.answered_model].join();
  if (cell.dataset.key === key) return;
  cell.dataset.key = key;
  cell.replaceChildren(...make(request));
}

/** The model asked for, and who answered. */
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

/** How it ended, and by which error. */
function outcomeOf(request) {
  const bad = request.code && request.outcome !== 'success';
  return [
    outcomeBadge(request.outcome),
    ...(bad ? [h('span', { class: 'code' }, words(request.code))] : []),
  ];
}
