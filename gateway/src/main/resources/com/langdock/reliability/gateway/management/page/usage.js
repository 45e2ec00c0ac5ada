// What was used, by whom and for what; as a table and as a file.

import { keyAddress, parameters, teamAddress, withParameters } from './address.js';
import { read, request } from './api.js';
import { h, setText } from './dom.js';
import { count, dollars } from './format.js';
import { bar, errorText, sheet } from './sheet.js';

const GROUPS = [
  ['team', 'Team'],
  ['key', 'Key'],
  ['model', 'Model'],
  ['answered_model', 'Answered by'],
  ['provider', 'Provider'],
  ['client_id', 'Client'],
  ['tag', 'Tag'],
  ['day', 'Day'],
];
const SUMS = ['requests', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'cost_usd'];
const EVERY_MS = 5000;
const MOST = 500;
// So many rows the API answers with at most.
const MOST_READ = 10_000;
const KEYS_READ = 500;

/** The page. */
export function usagePage() {
  const page = new UsagePage();
  return { element: page.element, stop: () => page.stop() };
}

class UsagePage {
  asked = 0;
  names = null;
  shown = '';

  constructor() {
    const choice = (id, title, options) =>
      h(
        'select',
        { id, 'aria-label': title, onchange: () => this.go() },
        options.map(([value, text]) => h('option', { value }, text)),
      );
    const day = (id, title) =>
      h('label', {}, title, ' ', h('input', { id, type: 'date', onchange: () => this.go() }));
    this.by = choice('usage-by', 'By', GROUPS.map(([value, title]) => [value, `By ${title.toLowerCase()}`]));
    this.and = choice('usage-and', 'And by', [
      ['', 'and nothing else'],
      ...GROUPS.map(([value, title]) => [value, `and ${title.toLowerCase()}`]),
    ]);
    const [from, to] = [day('usage-from', 'From'), day('usage-to', 'to')];
    this.from = from.querySelector('input');
    this.to = to.querySelector('input');
    this.csv = h('button', { type: 'button', id: 'usage-csv', onclick: () => this.download() }, 'CSV');
    this.note = h('p', { class: 'note' });
    this.content = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
    this.element = h(
      'section',
      { class: 'governance', 'aria-labelledby': 'usage-title' },
      h('div', { class: 'section-head' }, h('h1', { id: 'usage-title' }, 'Usage'), this.note),
      h(
        'form',
        { class: 'filters', 'aria-label': 'Report', onsubmit: (event) => event.preventDefault() },
        this.by,
        this.and,
        from,
        to,
        this.csv,
      ),
      this.content,
    );
    this.moved = () => this.restart();
    addEventListener('hashchange', this.moved);
    this.timer = setInterval(() => {
      const reading = this.content.contains(document.activeElement) || !getSelection().isCollapsed;
      if (document.visibilityState === 'visible' && !reading) this.load();
    }, EVERY_MS);
    this.restart();
  }

  stop() {
    removeEventListener('hashchange', this.moved);
    clearInterval(this.timer);
    this.asked++;
  }

  go() {
    const [by, and] = [this.by.value, this.and.value];
    const values = { by, and: and === by ? '' : and, from: this.from.value, to: this.to.value };
    location.hash = withParameters('#/usage', values);
  }

  restart() {
    const asked = parameters();
    this.by.value = asked.get('by') ?? 'team';
    if (this.by.value === '') this.by.value = 'team';
    this.and.value = asked.get('and') ?? '';
    this.from.value = asked.get('from') ?? '';
    this.to.value = asked.get('to') ?? '';
    this.load();
  }

  groups() {
    return [...new Set([this.by.value, this.and.value])].filter((name) => name);
  }

  query(more) {
    const query = new URLSearchParams({ by: this.groups().join(','), ...more });
    if (this.from.value) query.set('from', this.from.value);
    if (this.to.value) query.set('to', this.to.value);
    return `/api/usage?${query}`;
  }

  async load() {
    const question = ++this.asked;
    const groups = this.groups();
    try {
      const { usage } = await read(this.query({}));
      if (groups.includes('key')) this.names ??= await namesOfKeys();
      if (question === this.asked) this.show(usage, groups);
    } catch (problem) {
      if (question === this.asked) this.fail(problem);
    }
  }

  fail(problem) {
    this.shown = '';
    this.content.replaceChildren(errorText(problem));
  }

  show(rows, groups) {
    const fresh = JSON.stringify([rows, groups, this.from.value, this.to.value]);
    if (fresh === this.shown) return;
    this.shown = fresh;
    setText(this.note, noteOf(rows, this.from.value, this.to.value));
    if (rows.length === 0) {
      this.content.replaceChildren(h('p', { class: 'empty' }, h('strong', {}, 'Nothing was used')));
      return;
    }
    const measure = rows.some((row) => row.cost_usd > 0) ? 'cost_usd' : 'requests';
    const largest = Math.max(...rows.map((row) => row[measure]), 1e-9);
    const sorted = groups[0] === 'day' ? rows : rows.toSorted((a, b) => b[measure] - a[measure]);
    const lines = sorted.slice(0, MOST).map((row) => [
      ...groups.map((group) => this.cell(group, row[group])),
      ...sums(row),
      bar(row[measure], largest),
    ]);
    const all = Object.fromEntries(
      SUMS.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)]),
    );
    const foot = ['Total', ...groups.slice(1).map(() => ''), ...sums(all), ''];
    this.content.replaceChildren(sheet('Usage', columnsOf(groups), lines, foot));
  }

  cell(group, value) {
    if (value === null || value === '') return h('span', { class: 'soft' }, 'none');
    if (group === 'team') return h('a', { href: teamAddress(value) }, value);
    if (group !== 'key') return value;
    const name = this.names?.get(value);
    const link = h('a', { href: keyAddress(value) }, name ?? value);
    return name ? h('span', {}, link, h('span', { class: 'soft' }, ` ${value}`)) : link;
  }

  /** Not by a link, which could not send the token. */
  async download() {
    this.csv.disabled = true;
    try {
      const answer = await request(this.query({ format: 'csv' }), {});
      if (!answer.ok) {
        const { error } = await answer.json();
        throw Object.assign(new Error(error.message), { code: error.code });
      }
      const address = URL.createObjectURL(await answer.blob());
      h('a', { href: address, download: `usage-by-${this.groups().join('-')}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    } catch (problem) {
      this.fail(problem);
    }
    this.csv.disabled = false;
  }
}

/** The names of stored keys by their ids; those of the file are their ids. */
async function namesOfKeys() {
  const { keys } = await read(`/api/keys?limit=${KEYS_READ}`);
  return new Map(
    keys.filter((key) => key.source === 'store').map((key) => [key.id, key.name]),
  );
}

const sums = (row) => [
  count(row.requests),
  count(row.input_tokens),
  count(row.cached_input_tokens),
  count(row.output_tokens),
  dollars(row.cost_usd),
];

const columnsOf = (groups) => [
  ...groups.map((group) => [GROUPS.find(([name]) => name === group)[1], 'name']),
  ['Requests', 'number'],
  ['Input', 'number wide'],
  ['of it cached', 'number wide'],
  ['Output', 'number wide'],
  ['Cost', 'number'],
  ['', 'bar'],
];

function noteOf(rows, from, to) {
  const time = from || to ? `${from || 'this month’s first day'} to ${to || 'today'}` : 'this month';
  if (rows.length >= MOST_READ) return `${time} · the first ${MOST_READ} rows only; choose fewer days`;
  return rows.length > MOST ? `${time} · the largest ${MOST} of ${rows.length} rows` : time;
}
