// Plain tables, and what keys, teams and usage show alike.

import { badge, h } from './dom.js';
import { UNKNOWN, count, dollars, span } from './format.js';

const STATES = {
  active: ['good', 'ok'],
  off: ['warn', 'stop'],
  expired: ['calm', 'wait'],
  revoked: ['bad', 'fail'],
};

/** A table; columns are names with the class of their cells, rows are lists of cells. */
export function sheet(title, columns, rows, foot = null) {
  const line = (cells) =>
    h(
      'tr',
      {},
      cells.map((cell, at) => {
        const first = at === 0;
        return h(first ? 'th' : 'td', { scope: first && 'row', class: columns[at][1] }, cell);
      }),
    );
  return h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      { class: 'sheet', 'aria-label': title },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          columns.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)),
        ),
      ),
      h('tbody', {}, rows.map(line)),
      foot && h('tfoot', {}, line(foot)),
    ),
  );
}

/** The state of a key. */
export const stateBadge = (state) => badge(...(STATES[state] ?? ['calm', 'stop']), state);

/** A bar for `part` of `whole`; screen readers have the number beside it. */
export const bar = (part, whole) =>
  h('progress', { max: String(whole), value: String(part), 'aria-hidden': 'true' });

const amount = (limit, value) => (isMoney(limit) ? dollars(value) : count(value));
const isMoney = (limit) => limit.kind.startsWith('budget');

/** What is left of a limit, in words. */
export const leftOf = (limit) =>
  `${amount(limit, Math.max(0, limit.remaining))} of ${amount(limit, limit.limit)}`;

/** The limit with the smallest part left; null without limits. */
export function tightest(limits) {
  const part = (limit) => (limit.limit > 0 ? limit.remaining / limit.limit : 0);
  return limits.toSorted((one, other) => part(one) - part(other))[0] ?? null;
}

/** What is left of limits, each with when it is whole again. */
export function limitSheet(limits) {
  if (limits.length === 0) return h('p', { class: 'note' }, 'It has no limits of its own.');
  const columns = [['Limit', ''], ['Left', 'number'], ['', 'bar'], ['Whole in', 'number wide']];
  const rows = limits.map((limit) => [
    limit.kind.replaceAll('_', ' '),
    leftOf(limit),
    bar(Math.max(0, limit.remaining), Math.max(limit.limit, 1e-9)),
    limit.reset_ms === null ? UNKNOWN : span(limit.reset_ms / 1000),
  ]);
  return sheet('What is left of the limits', columns, rows);
}

/** What was used in the current periods. */
export function usageSheet(usage) {
  const columns = [
    ['Period', ''],
    ['Requests', 'number'],
    ['Input', 'number wide'],
    ['Output', 'number wide'],
    ['Cost', 'number'],
  ];
  const rows = Object.entries(usage).map(([period, sums]) => [
    { day: 'today', month: 'this month', total: 'in all' }[period] ?? period,
    count(sums.requests),
    count(sums.input_tokens),
    count(sums.output_tokens),
    dollars(sums.cost_usd),
  ]);
  return sheet('What was used', columns, rows);
}

/** An error of the API as it is. */
export function errorText(problem) {
  const list = problem.problems ?? [];
  const code = problem.code ? ` (${problem.code})` : '';
  return h(
    'div',
    { class: 'problem', role: 'alert' },
    h('p', {}, problem.message + code),
    list.length > 0 ? problemList(list) : null,
  );
}

/** What is wrong with a text or an object, each with its place. */
export const problemList = (problems) =>
  h(
    'ul',
    {},
    problems.map(({ line, path, message }) => {
      const place = [line > 0 ? `line ${line}` : '', path].filter(Boolean).join(', ');
      return h('li', {}, place ? `${place}: ${message}` : message);
    }),
  );
