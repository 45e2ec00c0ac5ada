// The page of one request: what was tried, why, and how long each step took.

import { keyAddress, lastOverview, overviewAddress, teamAddress } from './address.js';
import { read } from './api.js';
import { badge, copyable, h, icon } from './dom.js';
import { UNKNOWN, clock, count, dollars, duration, target, words } from './format.js';
import { now } from './live.js';
import { outcomeBadge } from './outcome.js';
import { timeline } from './timeline.js';
import { waterfall } from './waterfall.js';

const EVERY_MS = 1000;
const AFTER_FAILURE_MS = 4000;
const NO_FILTER = {};

/** The page; `stop` ends its polling. */
export function requestPage(id) {
  const content = h('div', { class: 'content' }, h('p', { class: 'empty' }, 'Loading…'));
  const element = h(
    'div',
    { class: 'request-page' },
    h('p', {}, h('a', { href: lastOverview(), class: 'back' }, icon('back'), 'Requests')),
    content,
  );
  const chart = waterfall();
  let timer = 0;
  let stopped = false;
  let shown = '';
  const load = async () => {
    let pause = EVERY_MS;
    try {
      const request = await read(`/api/requests/${encodeURIComponent(id)}`);
      if (stopped) return;
      const fresh = JSON.stringify(request);
      // Without changes the page is not redrawn, so that a selection survives.
      if (fresh !== shown) content.replaceChildren(...view(request, chart));
      shown = fresh;
      chart.show(request, now());
      if (request.outcome !== 'in_progress') return;
    } catch (problem) {
      if (stopped) return;
      if (problem.status >= 400 && problem.status < 500) {
        content.replaceChildren(refusal(problem, id));
        return;
      }
      if (shown === '') content.replaceChildren(refusal(problem, id));
      pause = AFTER_FAILURE_MS;
    }
    timer = setTimeout(load, pause);
  };
  load();
  return {
    element,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      chart.stop();
    },
  };
}

function refusal(problem, id) {
  const [title, text] =
    problem.code === 'journal_off'
      ? [
          'No journal is kept',
          'Without journal.url in the configuration, requests are not recorded.',
        ]
      : problem.status === 404
        ? [
            'No such request',
            `${id} is not in the journal; it may have been removed by its retention.`,
          ]
        : ['The request cannot be read', `${problem.message} Retrying in a few seconds.`];
  return h('div', { class: 'empty' }, h('strong', {}, title), h('p', {}, text));
}

function view(request, chart) {
  return [
    h(
      'div',
      { class: 'title' },
      h('h1', {}, copyable(request.request_id)),
      outcomeBadge(request.outcome),
      h('p', { class: 'gist' }, gist(request)),
    ),
    facts(request),
    h(
      'div',
      { class: 'what-happened' },
      h(
        'section',
        { class: 'panel', 'aria-labelledby': 'waterfall-title' },
        h('h2', { id: 'waterfall-title' }, 'Timeline'),
        chart.element,
      ),
      h(
        'section',
        { class: 'panel', 'aria-labelledby': 'timeline-title' },
        h('h2', { id: 'timeline-title' }, 'What happened'),
        timeline(request.timeline),
      ),
    ),
    attempts(request.attempt_list),
  ];
}

/** The request in one line. */
function gist(request) {
  const tries = request.attempt_list.map((attempt) => {
    const said =
      attempt.http_status && attempt.status !== 'success' ? ` ${attempt.http_status}` : '';
    const other =
      said || attempt.status === 'success'
        ? said
        : ` ${words(attempt.error_type ?? attempt.status)}`;
    return attempt.provider + other;
  });
  return tries.length > 0 ? tries.join(' → ') : 'no provider was asked';
}

function facts(request) {
  const running = request.outcome === 'in_progress';
  const cached =
    request.cached_input_tokens > 0 ? ` (${count(request.cached_input_tokens)} cached)` : '';
  const answered = request.provider ? target(request.provider, request.answered_model) : UNKNOWN;
  const list = [
    ['Model', request.model ?? UNKNOWN],
    ['Answered by', answered],
    ['Started', clock(request.started_at)],
    ['Latency', running ? 'running' : duration(request.latency_ms)],
    ['TTFT', duration(request.first_token_ms)],
    ['Attempts', String(request.attempts)],
    [
      'Tokens',
      running
        ? UNKNOWN
        : `${count(request.input_tokens)} in${cached}, ${count(request.output_tokens)} out`,
    ],
    ['Cost', dollars(request.cost_usd)],
    ['Answer', request.stream ? 'stream' : 'whole'],
    ['Error', request.code && request.param ? `${request.code} in ${request.param}` : request.code],
    ['Client', request.client_id && filterLink('client_id', request.client_id)],
    ['Key', request.key_id && h('a', { href: keyAddress(request.key_id) }, request.key_id)],
    ['Team', request.team && h('a', { href: teamAddress(request.team) }, request.team)],
    ['Client’s id', request.client_request_id && copyable(request.client_request_id)],
    ['Trace', request.trace_id && copyable(request.trace_id)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    list
      .filter(([, value]) => value)
      .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** A value that links to all requests with it. */
const filterLink = (name, value) =>
  h(
    'a',
    { href: overviewAddress({ [name]: value }, NO_FILTER), title: 'All requests with this' },
    value,
  );

function attempts(list) {
  if (list.length === 0) return h('p', { class: 'empty' }, 'No attempt was made.');
  const heads = [
    ['#', 'number'],
    ['Target', ''],
    ['Status', ''],
    ['HTTP', 'number'],
    ['Began', 'number'],
    ['Took', 'number'],
    ['TTFT', 'number'],
    ['Tokens', 'number'],
    ['Cost', 'number'],
    ['Message', ''],
  ];
  return h(
    'section',
    { class: 'panel', 'aria-labelledby': 'attempts-title' },
    h('h2', { id: 'attempts-title' }, 'Attempts'),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'attempts-title' },
      h(
        'table',
        { class: 'attempts' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            heads.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)),
          ),
        ),
        h('tbody', {}, list.map(attemptRow)),
      ),
    ),
  );
}

function attemptRow(attempt) {
  const running = attempt.status === 'in_progress';
  return h(
    'tr',
    {},
    h('td', { class: 'number' }, String(attempt.attempt_number)),
    h(
      'th',
      { scope: 'row' },
      target(attempt.provider, attempt.model),
      ' ',
      attempt.probe ? badge('warn', 'warn', 'probe') : null,
    ),
    h('td', {}, outcomeBadge(attempt.status)),
    h('td', { class: 'number' }, String(attempt.http_status ?? UNKNOWN)),
    h('td', { class: 'number' }, `+${duration(attempt.start_ms)}`),
    h('td', { class: 'number' }, running ? '…' : duration(attempt.latency_ms)),
    h('td', { class: 'number' }, duration(attempt.first_token_ms)),
    h('td', { class: 'number' }, running ? '…' : count(attempt.tokens_used)),
    h('td', { class: 'number' }, dollars(attempt.cost_usd)),
    h('td', { class: 'said' }, ...said(attempt, running)),
  );
}

/** Why an attempt failed: the error as a link to its requests, and the message. */
function said(attempt, running) {
  if (running) return ['…'];
  if (attempt.status === 'success') return ['a whole answer'];
  const message = attempt.error_message ?? '';
  if (!attempt.error_type) return [message || UNKNOWN];
  return [filterLink('error', attempt.error_type), message ? ` · ${message}` : ''];
}
