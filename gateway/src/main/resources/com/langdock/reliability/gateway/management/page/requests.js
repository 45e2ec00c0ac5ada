// The list of requests, newest first. It is updated while its top is in view.

import { isFiltered, overviewAddress, wanted } from './address.js';
import { read } from './api.js';
import { h, setAttribute, setText } from './dom.js';
import { filters, typing } from './filters.js';
import { groups } from './groups.js';
import { span } from './format.js';
import { now, watch } from './live.js';
import { HEADS, row } from './row.js';

const EVERY_MS = 2000;
const TYPED_MS = 200;
const PAGE = 50;
// Groups and parts of ids are searched in this many of the newest requests.
const DEEP = 500;

/** The section of the list; `stop` ends its polling. */
export function requests() {
  const list = new RequestList();
  return { element: list.element, stop: () => list.stop() };
}

class RequestList {
  rows = new Map();
  next = null;
  asked = 0;

  constructor() {
    this.filters = filters();
    this.body = h('tbody', {});
    this.note = h('p', { class: 'note', 'aria-live': 'off' });
    this.journal = h('p', { class: 'journal', role: 'status', hidden: true });
    this.empty = h('div', { class: 'empty' }, 'Loading…');
    this.newest = h('a', { class: 'button', hidden: true }, 'Newest');
    this.older = h('a', { class: 'button', hidden: true }, 'Older');
    this.groups = groups();
    this.table = h(
      'table',
      { class: 'requests', 'aria-label': 'Requests, newest first', hidden: true },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          HEADS.map(([name, kind]) => h('th', { scope: 'col', class: kind }, name)),
        ),
      ),
      this.body,
    );
    this.element = h(
      'section',
      { class: 'list', 'aria-labelledby': 'requests-title' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', { id: 'requests-title' }, 'Requests'),
        this.note,
        this.groups.tabs,
      ),
      this.journal,
      this.filters.element,
      this.groups.element,
      this.table,
      this.empty,
      h('p', { class: 'more' }, this.newest, this.older),
    );
    this.timer = setInterval(() => this.refresh(), EVERY_MS);
    this.moved = () => this.restart();
    this.unwatch = watch(({ latest }) => showJournal(this.journal, latest?.journal));
    addEventListener('hashchange', this.moved);
    this.load();
  }

  stop() {
    removeEventListener('hashchange', this.moved);
    clearInterval(this.timer);
    clearTimeout(this.soon);
    this.unwatch();
    this.filters.stop();
    this.asked++;
  }

  /** The address has changed. */
  restart() {
    this.filters.show();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.load(), typing() ? TYPED_MS : 0);
  }

  refresh() {
    const older = wanted().before !== '';
    const scrolled = this.element.getBoundingClientRect().top < -200;
    const filtered = isFiltered(wanted()) ? ' · filtered' : '';
    const how = older ? 'older ones' : scrolled ? 'paused while you read' : 'updates every 2 s';
    setText(this.note, how + filtered);
    const paused = older || scrolled || typing();
    if (!paused && document.visibilityState === 'visible') this.load();
  }

  async load() {
    const question = ++this.asked;
    try {
      const page = await read(`/api/requests?${query(wanted())}`);
      if (question === this.asked) this.show(page);
    } catch (problem) {
      if (question === this.asked) this.fail(problem);
    }
  }

  show(page) {
    const asked = wanted();
    const found = page.requests.filter((request) => request.request_id.includes(asked.id));
    const grouped = this.groups.show(asked.by, found);
    const before = this.rows;
    this.rows = new Map(
      (grouped ? [] : found).map((request) => {
        const known = before.get(request.request_id) ?? row(request.request_id);
        known.show(request);
        return [request.request_id, known];
      }),
    );
    this.arrange([...this.rows.values()].map((each) => each.element));
    this.table.hidden = grouped || found.length === 0;
    this.empty.hidden = found.length > 0;
    this.empty.replaceChildren(...nothing(asked));
    this.page(asked, grouped || asked.id !== '' ? null : page.next_before);
  }

  /** The links to other pages. */
  page(asked, next) {
    this.newest.hidden = asked.before === '';
    setAttribute(this.newest, 'href', overviewAddress({}));
    this.older.hidden = next === null;
    setAttribute(this.older, 'href', overviewAddress({ before: next ?? '' }));
  }

  /** Moves only rows that are out of place, so that the focus stays. */
  arrange(elements) {
    const keep = new Set(elements);
    [...this.body.children].forEach((child) => {
      if (!keep.has(child)) child.remove();
    });
    elements.forEach((element, at) => {
      const there = this.body.children[at];
      if (there !== element) this.body.insertBefore(element, there ?? null);
    });
  }

  fail(problem) {
    if (problem.code === 'unreachable' && this.rows.size > 0) return;
    this.table.hidden = true;
    this.groups.show('', []);
    this.page({ before: '' }, null);
    this.rows = new Map();
    this.body.replaceChildren();
    this.empty.hidden = false;
    this.empty.replaceChildren(...refusal(problem));
  }
}

/** A warning while the journal cannot be written: those requests are missing below. */
function showJournal(line, journal) {
  const text = journalText(journal);
  line.hidden = text === '';
  setText(line, text);
}

function journalText(journal) {
  if (!journal?.status || journal.status === 'open') return '';
  if (journal.status === 'opening') return 'The journal is being opened; older requests follow.';
  const length = span((now() - journal.since) / 1000);
  const reason = journal.reason ? `: ${journal.reason}` : '';
  const what = journal.status === 'away' ? 'cannot be written' : 'is stuck in a write';
  const lost = journal.lost > 0 ? ` · ${journal.lost} rows lost` : '';
  return `The journal ${what} for ${length}${reason} · ${journal.waiting} waiting${lost}`;
}

function query(asked) {
  const deep = asked.id !== '' || asked.by !== '';
  const parameters = new URLSearchParams({ limit: deep ? DEEP : PAGE });
  for (const name of ['provider', 'model', 'outcome', 'client_id', 'error', 'before']) {
    if (asked[name] !== '') parameters.set(name, asked[name]);
  }
  return parameters;
}

function nothing(asked) {
  if (asked.id.startsWith('req_')) {
    return [
      h('strong', {}, 'Not among the newest requests'),
      h('p', {}, 'Press Enter to open it by its id.'),
    ];
  }
  return isFiltered(asked) || asked.before !== ''
    ? [h('strong', {}, 'No request matches'), h('p', {}, 'Clear the filters to see all of them.')]
    : [
        h('strong', {}, 'No requests yet'),
        h(
          'p',
          {},
          'They appear here as soon as a client calls ',
          h('code', {}, 'POST /v1/chat/completions'),
          '.',
        ),
      ];
}

function refusal(problem) {
  return problem.code === 'journal_off'
    ? [
        h('strong', {}, 'No journal is kept'),
        h(
          'p',
          {},
          'Set ',
          h('code', {}, 'journal.url'),
          ' in the configuration to see requests here.',
        ),
      ]
    : [h('strong', {}, 'The requests cannot be read'), h('p', {}, problem.message)];
}
