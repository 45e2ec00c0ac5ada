// The newest requests by client, and by the cause of their failure.

import { overviewAddress } from './address.js';
import { h, setAttribute } from './dom.js';
import { count, dollars, duration, percent, words } from './format.js';

const VIEWS = [
  ['', 'Each'],
  ['client', 'By client'],
  ['cause', 'By cause'],
];
const UNKNOWN_CLIENT = 'no client id';
const HEADS = ['Requests', 'Answered', 'p50', 'Tokens', 'Cost'];
const MOST = 100;

/** The tabs that choose a view, and the table of the groups. */
export function groups() {
  const links = VIEWS.map(([by, title]) => [by, h('a', {}, title)]);
  const tabs = h(
    'nav',
    { class: 'tabs', 'aria-label': 'View of the requests' },
    links.map(([, link]) => link),
  );
  const first = h('th', { scope: 'col' });
  const body = h('tbody', {});
  const note = h('p', { class: 'note' });
  const element = h(
    'div',
    { class: 'groups', hidden: true },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          first,
          HEADS.map((name, at) =>
            h('th', { scope: 'col', class: at > 2 ? 'number wide' : 'number' }, name),
          ),
        ),
      ),
      body,
    ),
    note,
  );

  /** Shows the requests in groups; false if they are not to be grouped. */
  function show(by, requests) {
    links.forEach(([view, link]) => {
      setAttribute(link, 'aria-current', view === by ? 'true' : null);
      setAttribute(link, 'href', overviewAddress({ by: view }));
    });
    const grouped = by === 'client' || by === 'cause';
    const shown = by === 'cause' ? requests.filter((each) => causeOf(each) !== '') : requests;
    element.hidden = !grouped || shown.length === 0;
    if (!grouped) return false;
    first.textContent = by === 'client' ? 'Client' : 'Cause';
    note.textContent = `of the newest ${requests.length} requests`;
    const found = groupsOf(shown, by === 'client' ? (each) => each.client_id ?? '' : causeOf);
    const largest = found[0]?.[1].length ?? 1;
    body.replaceChildren(
      ...found.slice(0, MOST).map(([key, members]) => line(by, key, members, largest)),
    );
    return true;
  }

  return { tabs, element, show };
}

const causeOf = (request) =>
  ['failed', 'invalid', 'cancelled'].includes(request.outcome)
    ? (request.code ?? request.outcome)
    : '';

/** The groups, the largest first. */
function groupsOf(requests, keyOf) {
  const found = Map.groupBy(requests, keyOf);
  return [...found].sort((one, other) => other[1].length - one[1].length);
}

function line(by, key, members, largest) {
  const ended = members.filter((each) => ['success', 'failed'].includes(each.outcome));
  const good = ended.filter((each) => each.outcome === 'success').length;
  const latencies = ended.map((each) => each.latency_ms).sort((one, other) => one - other);
  const sum = (name) => members.reduce((total, each) => total + Number(each[name] ?? 0), 0);
  const share = h('progress', { max: String(largest), value: String(members.length) });
  share.setAttribute('aria-hidden', 'true');
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, link(by, key), share),
    h('td', { class: 'number' }, count(members.length)),
    h(
      'td',
      { class: good < ended.length ? 'number bad' : 'number' },
      percent(ended.length > 0 ? good / ended.length : null),
    ),
    h('td', { class: 'number' }, duration(latencies[Math.floor(latencies.length / 2)])),
    h('td', { class: 'number wide' }, count(sum('tokens_used'))),
    h('td', { class: 'number wide' }, dollars(sum('cost_usd'))),
  );
}

/** A link to the requests of the group. */
function link(by, key) {
  if (key === '') return h('span', { class: 'soft' }, UNKNOWN_CLIENT);
  const filter = by === 'client' ? { client_id: key } : causeFilter(key);
  const address = overviewAddress({ ...filter, by: '' });
  return h('a', { href: address }, by === 'client' ? key : words(key));
}

/** Cancelled requests have no error. */
const causeFilter = (key) => (key === 'cancelled' ? { outcome: key } : { error: key });

