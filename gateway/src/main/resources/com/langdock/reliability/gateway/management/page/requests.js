// The list of requests, newest first. It follows what happens while its top is in view.

import { read } from './api.js';
import { h, say } from './dom.js';
import { filters, typing, wanted } from './filters.js';
import { HEADS, row } from './row.js';

const EVERY_MS = 2000;
const PAGE = 50;
// An id is looked for in the newest so many requests: the API knows no part of an id.
const DEEP = 500;

/** The section of the list; `stop` ends its polling. */
export function requests() {
  const list = new RequestList();
  return { element: list.element, stop: () => list.stop() };
}

class RequestList {
  rows = new Map();
  next = null;
  extended = false;
  asked = 0;

  constructor() {
    this.filters = filters(() => this.restart());
    this.body = h('tbody', {});
    this.note = h('p', { class: 'note', 'aria-live': 'off' });
    this.empty = h('div', { class: 'empty' }, 'Loading…');
    this.older = h(
      'button',
      { type: 'button', hidden: true, onclick: () => this.loadOlder() },
      'Older',
    );
    this.table = h(
      'table',
      { class: 'requests', 'aria-label': 'Requests, newest first' },
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
      h('div', { class: 'section-head' }, h('h1', { id: 'requests-title' }, 'Requests'), this.note),
      this.filters.element,
      this.table,
      this.empty,
      h('p', { class: 'more' }, this.older),
    );
    this.timer = setInterval(() => this.refresh(), EVERY_MS);
    this.changed = () => this.refresh();
    addEventListener('requests-changed', this.changed);
    this.load();
  }

  stop() {
    removeEventListener('requests-changed', this.changed);
    clearInterval(this.timer);
    this.filters.stop();
    this.asked++;
  }

  restart() {
    this.extended = false;
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.load(), wanted.id === '' ? 0 : 200);
  }

  refresh() {
    const scrolled = this.table.getBoundingClientRect().top < 0;
    const paused = scrolled || typing();
    const filtered = Object.values(wanted).some((value) => value !== '') ? ' · filtered' : '';
    say(this.note, (scrolled ? 'paused while you read' : 'updates every 2 s') + filtered);
    if (!paused && document.visibilityState === 'visible') this.load();
  }

  async load() {
    const question = ++this.asked;
    try {
      const page = await read(`/api/requests?${query(null)}`);
      if (question === this.asked) this.take(page);
    } catch (problem) {
      if (question === this.asked) this.fail(problem);
    }
  }

  async loadOlder() {
    const question = ++this.asked;
    this.older.disabled = true;
    try {
      const page = await read(`/api/requests?${query(this.next)}`);
      if (question !== this.asked) return;
      this.extended = true;
      this.next = page.next_before;
      this.show([...this.shown(), ...page.requests]);
    } catch (problem) {
      this.fail(problem);
    } finally {
      this.older.disabled = false;
    }
  }

  /** The newest page. Older ones that were asked for stay, unless requests between them are missing. */
  take(page) {
    const oldest = page.requests.at(-1)?.request_id ?? '';
    const meets = page.requests.some((request) => this.rows.has(request.request_id));
    if (this.extended && meets) {
      const rest = this.shown().filter((request) => request.request_id < oldest);
      this.show([...page.requests, ...rest]);
      return;
    }
    this.extended = false;
    this.next = page.next_before;
    this.show(page.requests);
  }

  shown() {
    return [...this.rows.values()].map((each) => each.request);
  }

  show(list) {
    const found = list.filter((request) => request.request_id.includes(wanted.id));
    const before = this.rows;
    this.rows = new Map(
      found.map((request) => {
        const known = before.get(request.request_id) ?? row(request.request_id);
        known.show(request);
        return [request.request_id, known];
      }),
    );
    this.arrange([...this.rows.values()].map((each) => each.element));
    this.table.hidden = found.length === 0;
    this.older.hidden = this.next === null || wanted.id !== '';
    this.empty.hidden = found.length > 0;
    this.empty.replaceChildren(...nothing());
  }

  /** Moves only what is out of place, so that the focus stays where it is. */
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
    this.older.hidden = true;
    this.rows = new Map();
    this.body.replaceChildren();
    this.empty.hidden = false;
    this.empty.replaceChildren(...refusal(problem));
  }
}

function query(before) {
  const parameters = new URLSearchParams({ limit: wanted.id === '' ? PAGE : DEEP });
  for (const name of ['provider', 'model', 'outcome']) {
    if (wanted[name] !== '') parameters.set(name, wanted[name]);
  }
  if (before) parameters.set('before', before);
  return parameters;
}

function nothing() {
  if (wanted.id.startsWith('req_')) {
    return [
      h('strong', {}, 'Not among the newest requests'),
      h('p', {}, 'Press Enter to open it by its id.'),
    ];
  }
  return Object.values(wanted).some((value) => value !== '')
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
