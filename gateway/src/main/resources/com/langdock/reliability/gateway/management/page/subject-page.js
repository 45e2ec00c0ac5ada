// The page of one key or team, and those of new ones.

import { access } from './access.js';
import { keyAddress, lastKeys, teamAddress, withParameters } from './address.js';
import { read, send } from './api.js';
import { showSecret } from './dialog.js';
import { badge, copyable, h, icon } from './dom.js';
import { UNKNOWN, clock, words } from './format.js';
import { errorText, limitSheet, stateBadge, usageSheet } from './sheet.js';
import { actions, changed } from './subject-actions.js';
import { subjectForm } from './subject-form.js';

const EVERY_MS = 5000;
const EMPTY = { priority: 'normal' };
const WAIT = '?wait=5s';

/** Where the API has a key or team. */
const pathOf = (kind, id) => `/api/${kind}s/${encodeURIComponent(id)}`;

const back = () =>
  h('p', {}, h('a', { href: lastKeys(), class: 'back' }, icon('back'), 'Keys and teams'));

/** The page of a new key or team. */
export function newSubject(kind) {
  const save = async (change) => {
    const made = await send('POST', `/api/${kind}s${WAIT}`, change);
    changed(made, `${made.name} was created`);
    if (made.key) await showSecret(made.name, made.key);
    location.hash = kind === 'key' ? keyAddress(made.id) : teamAddress(made.name);
  };
  const cancel = () => (location.hash = lastKeys());
  const form = subjectForm(kind, kind === 'key' ? EMPTY : {}, { save, cancel });
  const title = h('h1', {}, `New ${kind}`);
  const element = h('div', { class: 'governance subject' }, back(), title, form);
  access().then(
    ({ may_change_keys, keys_refused }) => {
      const why = keys_refused ?? 'This token may only read.';
      if (!may_change_keys) form.replaceWith(h('p', { class: 'empty' }, why));
    },
    () => {},
  );
  return { element, stop: () => {} };
}

/** The page of the key or team of that id; `stop` ends its polling. */
export function subjectPage(kind, id) {
  const page = new SubjectPage(kind, id);
  page.load();
  return { element: page.element, stop: () => page.stop() };
}

class SubjectPage {
  stopped = false;
  editing = false;
  shown = '';
  timer = 0;

  constructor(kind, id) {
    this.kind = kind;
    this.path = pathOf(kind, id);
    this.content = h('div', { class: 'content' }, h('p', { class: 'empty' }, 'Loading…'));
    this.element = h('div', { class: 'governance subject' }, back(), this.content);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async load() {
    clearTimeout(this.timer);
    try {
      const [subject, { may_change_keys: may }] = await Promise.all([read(this.path), access()]);
      if (this.stopped) return;
      if (!this.editing) this.show(subject, may);
    } catch (problem) {
      if (this.stopped) return;
      if (this.shown === '' || problem.status === 404) {
        this.content.replaceChildren(errorText(problem));
        this.shown = '';
      }
    }
    this.timer = setTimeout(() => this.load(), EVERY_MS);
  }

  /** Without changes the page is not redrawn, so that focus and selection survive. */
  show(subject, may) {
    const fresh = JSON.stringify(subject, (name, value) => (name === 'reset_ms' ? 0 : value));
    if (fresh === this.shown) return;
    const focused = document.activeElement?.id;
    this.shown = fresh;
    this.content.replaceChildren(...view(this.kind, subject, may ? this.buttons(subject) : null));
    if (focused) this.content.querySelector(`#${CSS.escape(focused)}`)?.focus();
  }

  buttons(subject) {
    if (subject.source === 'file' || subject.state === 'revoked') return null;
    const edit = h('button', { type: 'button', id: 'edit', onclick: () => this.edit(subject) }, 'Edit');
    const done = () => this.load();
    return h('div', { class: 'buttons' }, edit, actions(this.kind, subject, this.path, done));
  }

  edit(subject) {
    const leave = () => {
      this.editing = false;
      this.shown = '';
      return this.load();
    };
    const save = async (change, base) => {
      const made = await send('PATCH', this.path + WAIT, change, base.version);
      changed(made, `${made.name} was changed`);
      await leave();
      document.getElementById('edit')?.focus();
    };
    const form = subjectForm(this.kind, subject, {
      save,
      reread: () => read(this.path),
      cancel: leave,
    });
    this.editing = true;
    this.content.replaceChildren(h('h1', {}, `Edit ${subject.name}`), form);
    form.querySelector('input').focus();
  }
}

function view(kind, subject, buttons) {
  return [
    h(
      'div',
      { class: 'title' },
      h('h1', {}, subject.name),
      subject.state ? stateBadge(subject.state) : null,
      subject.source === 'file' ? badge('calm', 'stop', 'file') : null,
      buttons,
    ),
    subject.source === 'file'
      ? h('p', { class: 'note' }, 'It is in the configuration file, and is changed there.')
      : null,
    facts(kind === 'key' ? keyFacts(subject) : teamFacts(subject)),
    panel('What is left', limitSheet(subject.remaining)),
    panel('What was used', usageSheet(subject.usage)),
  ].filter((part) => part !== null);
}

const panel = (title, content) => h('section', { class: 'panel' }, h('h2', {}, title), content);

const facts = (list) =>
  h(
    'dl',
    { class: 'facts' },
    list
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );

const moment = (at) => (at === null ? null : clock(at));
const rights = (list) => (list === null ? 'all' : list.join(', ') || 'none');

function keyFacts(key) {
  return [
    ['Id', copyable(key.id)],
    ['Team', key.team && h('a', { href: teamAddress(key.team) }, key.team)],
    ['Owner', key.owner],
    ['Models', rights(key.models)],
    ['Providers', rights(key.providers)],
    ['Endpoints', rights(key.endpoints)],
    ['Priority', key.priority],
    ['Created', moment(key.created_at)],
    ['Expires', key.expires_at === null ? 'never' : clock(key.expires_at)],
    ['The old secret works until', moment(key.old_key_until)],
    ['Revoked', moment(key.revoked_at)],
    ['Limits', key.shadow ? 'counted, and refuse nothing' : null],
    ...Object.entries(key.metadata).map(([name, value]) => [words(name), value]),
    ['Version', String(key.version ?? UNKNOWN)],
  ];
}

function teamFacts(team) {
  const keys = withParameters('#/keys', { team: team.name });
  return [
    ['Keys', h('a', { href: keys }, String(team.keys))],
    ['Models', rights(team.models)],
    ['Providers', rights(team.providers)],
    ['Endpoints', rights(team.endpoints)],
    ['Limits', team.shadow ? 'counted, and refuse nothing' : null],
    ['Created', moment(team.created_at)],
    ['Version', String(team.version ?? UNKNOWN)],
  ];
}
