// The list of keys with its filters, which are part of the address.

import { access } from './access.js';
import { keyAddress, parameters, teamAddress, withParameters } from './address.js';
import { read } from './api.js';
import { h, setAttribute } from './dom.js';
import { UNKNOWN, clock, count, dollars } from './format.js';
import { errorText, leftOf, sheet, stateBadge, tightest } from './sheet.js';

const EVERY_MS = 5000;
const TYPED_MS = 250;
const PAGE = 50;
const STATES = ['active', 'off', 'expired', 'revoked'];
const COLUMNS = [
  ['Name', 'name'],
  ['State', ''],
  ['Team', 'wide'],
  ['Owner', 'wide'],
  ['Requests today', 'number wide'],
  ['Cost this month', 'number'],
  ['Least left', 'number wide'],
  ['Expires', 'wide'],
];

/** The section; `stop` ends its polling. */
export function keyList() {
  const list = new KeyList();
  return { element: list.element, stop: () => list.stop() };
}

class KeyList {
  asked = 0;
  typed = 0;

  constructor() {
    this.team = h('input', {
      id: 'filter-team',
      type: 'search',
      placeholder: 'Team',
      'aria-label': 'Team',
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: () => this.type(),
    });
    this.owner = h('input', {
      id: 'filter-owner',
      type: 'search',
      placeholder: 'Owner',
      'aria-label': 'Owner',
      'aria-keyshortcuts': '/',
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: () => this.type(),
    });
    this.state = h(
      'select',
      { id: 'filter-state', 'aria-label': 'State', onchange: () => this.filter() },
      h('option', { value: '' }, 'Any state'),
      STATES.map((state) => h('option', { value: state }, state)),
    );
    this.create = h('a', { id: 'new-key', class: 'button', href: '#/new-key', hidden: true }, 'New key');
    this.refused = h('p', { class: 'journal', hidden: true });
    this.content = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
    this.newest = h('a', { class: 'button', hidden: true }, 'Newest');
    this.older = h('a', { class: 'button', hidden: true }, 'Older');
    this.element = h(
      'section',
      { class: 'governance', 'aria-labelledby': 'keys-title' },
      h('div', { class: 'section-head' }, h('h1', { id: 'keys-title' }, 'Keys')),
      this.refused,
      h(
        'form',
        {
          class: 'filters',
          role: 'search',
          'aria-label': 'Filter keys',
          onsubmit: (event) => event.preventDefault(),
        },
        this.team,
        this.owner,
        this.state,
        this.create,
      ),
      this.content,
      h('p', { class: 'more' }, this.newest, this.older),
    );
    this.moved = () => this.restart();
    addEventListener('hashchange', this.moved);
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible' && getSelection().isCollapsed) this.load();
    }, EVERY_MS);
    this.offer();
    this.restart();
  }

  stop() {
    removeEventListener('hashchange', this.moved);
    clearInterval(this.timer);
    clearTimeout(this.typed);
    this.asked++;
  }

  async offer() {
    try {
      const { may_change, may_change_keys, keys_refused } = await access();
      this.create.hidden = !may_change_keys;
      this.refused.hidden = !may_change || keys_refused === null;
      this.refused.textContent = keys_refused ?? '';
    } catch {
      // Without an answer nothing is offered; the list says what is wrong.
    }
  }

  type() {
    clearTimeout(this.typed);
    this.typed = setTimeout(() => this.filter(), TYPED_MS);
  }

  filter() {
    const values = {
      team: this.team.value.trim(),
      owner: this.owner.value.trim(),
      state: this.state.value,
    };
    history.replaceState(null, '', withParameters('#/keys', values));
    dispatchEvent(new Event('hashchange'));
  }

  restart() {
    const asked = parameters();
    for (const [name, control] of Object.entries(this.controls())) {
      if (document.activeElement !== control) control.value = asked.get(name) ?? '';
    }
    this.load();
  }

  controls() {
    return { team: this.team, owner: this.owner, state: this.state };
  }

  async load() {
    const question = ++this.asked;
    const asked = parameters();
    const query = new URLSearchParams({ limit: PAGE });
    for (const name of ['team', 'owner', 'state', 'before']) {
      if (asked.get(name)) query.set(name, asked.get(name));
    }
    try {
      const page = await read(`/api/keys?${query}`);
      if (question === this.asked) this.show(page, asked);
    } catch (problem) {
      if (question === this.asked) this.content.replaceChildren(errorText(problem));
    }
  }

  show(page, asked) {
    const focused = document.activeElement?.dataset.row;
    this.content.replaceChildren(
      page.keys.length > 0 ? sheet('Keys', COLUMNS, page.keys.map(cells)) : nothing(asked),
    );
    if (focused) this.content.querySelector(`[data-row="${CSS.escape(focused)}"]`)?.focus();
    const values = Object.fromEntries(asked);
    this.newest.hidden = !asked.get('before');
    setAttribute(this.newest, 'href', withParameters('#/keys', { ...values, before: '' }));
    this.older.hidden = page.next_before === null;
    const next = { ...values, before: page.next_before };
    setAttribute(this.older, 'href', withParameters('#/keys', next));
  }
}

function cells(key) {
  const least = tightest(key.remaining);
  return [
    [
      h('a', { href: keyAddress(key.id), 'data-row': key.id, title: key.id }, key.name),
      key.source === 'file' ? h('span', { class: 'tag' }, 'file') : null,
    ],
    stateBadge(key.state),
    key.team && h('a', { href: teamAddress(key.team) }, key.team),
    key.owner ?? '',
    count(key.usage.day.requests),
    dollars(key.usage.month.cost_usd),
    least === null ? UNKNOWN : h('span', { title: least.kind.replaceAll('_', ' ') }, leftOf(least)),
    key.expires_at === null ? 'never' : clock(key.expires_at),
  ];
}

function nothing(asked) {
  return asked.size > 0
    ? h('p', { class: 'empty' }, h('strong', {}, 'No key matches'))
    : h('p', { class: 'empty' }, h('strong', {}, 'There are no keys'));
}
