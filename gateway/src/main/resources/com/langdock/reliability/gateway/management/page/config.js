// The configuration that runs: its text, its versions, and another one in its place.

import { access } from './access.js';
import { read, send, sendYaml } from './api.js';
import { ask } from './dialog.js';
import { difference } from './diff.js';
import { copyable, h } from './dom.js';
import { clock, plural } from './format.js';
import { errorText, problemList, sheet } from './sheet.js';
import { toast } from './toast.js';

const HIDDEN = '***';
// Unchanged lines around those that changed.
const AROUND = 3;

/** The page. */
export function configPage() {
  const page = new ConfigPage();
  page.load();
  return { element: page.element, stop: () => page.stop() };
}

class ConfigPage {
  stopped = false;
  running = null;
  mayChange = false;

  constructor() {
    this.about = h('div', {}, h('p', { class: 'empty' }, 'Loading…'));
    this.text = h('pre', { class: 'text', tabindex: '0', 'aria-label': 'The text that runs' });
    this.input = h('textarea', {
      id: 'config-text',
      rows: 14,
      'aria-label': 'Another text',
      placeholder: 'Paste another configuration',
      spellcheck: 'false',
      autocomplete: 'off',
    });
    this.result = h('div', { id: 'config-result', role: 'status' });
    this.buttons = h('p', { class: 'buttons' });
    this.history = h('div', {});
    this.body = h(
      'div',
      { class: 'content', hidden: true },
      panel('The text that runs', this.text),
      panel('Another text', this.input, this.buttons, this.result),
      panel('Versions', this.history),
    );
    this.element = h(
      'section',
      { class: 'governance subject', 'aria-labelledby': 'config-title' },
      h('h1', { id: 'config-title' }, 'Configuration'),
      this.about,
      this.body,
    );
  }

  stop() {
    this.stopped = true;
  }

  async load() {
    try {
      const { config, may_change: mayChange } = await access();
      if (!config) {
        const text = 'This gateway was started without a file that could be shown.';
        this.about.replaceChildren(h('p', { class: 'empty' }, text));
        return;
      }
      const running = await read('/api/config');
      if (!this.stopped) this.show(running, mayChange);
    } catch (problem) {
      if (!this.stopped) this.about.replaceChildren(errorText(problem));
    }
  }

  show(running, mayChange) {
    this.running = running;
    this.mayChange = mayChange;
    this.about.replaceChildren(facts(running), rejection(running.rejection));
    this.text.textContent = running.text;
    this.buttons.replaceChildren(...this.tools());
    this.history.replaceChildren(this.versions());
    this.body.hidden = false;
  }

  tools() {
    const button = (id, title, work, kind = null) =>
      h('button', { type: 'button', id, class: kind, onclick: (event) => this.run(event, work) }, title);
    return [
      button('config-begin', 'Begin with the running text', () => this.begin()),
      button('config-compare', 'Compare', () => this.compare(this.input.value, 'the running text')),
      ...(this.mayChange
        ? [
            button('config-check', 'Check', () => this.check()),
            button('config-apply', 'Apply', () => this.apply(), 'primary'),
          ]
        : []),
    ];
  }

  versions() {
    const columns = [['Version', ''], ['Since', ''], ['By', ''], ['SHA-256', 'wide'], ['', 'does']];
    const rows = this.running.history.map((edition) => {
      const runs = edition.version === this.running.version;
      return [
        String(edition.version),
        clock(edition.since),
        edition.by,
        h('span', { class: 'mono', title: edition.sha256 }, edition.sha256.slice(0, 12)),
        runs ? 'runs' : this.versionButtons(edition),
      ];
    });
    return sheet('Versions', columns, rows);
  }

  versionButtons({ version }) {
    const button = (title, work) =>
      h(
        'button',
        {
          type: 'button',
          class: 'small',
          'aria-label': `${title} version ${version}`,
          onclick: (event) => this.run(event, work),
        },
        title,
      );
    const compare = async () => {
      const { text } = await read(`/api/config?version=${version}`);
      this.compare(text, `version ${this.running.version}, which runs`, `version ${version}`);
      this.result.scrollIntoView({ block: 'nearest' });
    };
    return [
      button('Compare', compare),
      ' ',
      this.mayChange ? button('Roll back', () => this.rollBack(version)) : null,
    ].filter((part) => part !== null);
  }

  /** Does the work of a button once at a time; an error of the API is shown as it is. */
  async run(event, work) {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await work();
    } catch (problem) {
      this.result.replaceChildren(errorText(problem));
      this.result.scrollIntoView({ block: 'nearest' });
      if (problem.code === 'stale_version') await this.others(problem);
    }
    button.disabled = false;
  }

  begin() {
    this.input.value = this.running.text;
    this.input.focus();
    const masked = this.running.text.includes(HIDDEN);
    const text = `${HIDDEN} stands for what is not shown; write it out before you apply the text.`;
    this.result.replaceChildren(masked ? h('p', { class: 'note' }, text) : '');
  }

  compare(text, what, name = 'the text above') {
    const lines = difference(this.running.text, text);
    const changes = lines.filter(([sign]) => sign !== ' ').length;
    const said =
      changes === 0
        ? `There is no difference between ${name} and ${what}.`
        : `${plural(changes, 'line')} of ${name} against ${what}:`;
    this.result.replaceChildren(h('p', {}, said), changes === 0 ? '' : drawing(lines));
  }

  async check() {
    const { problems } = await sendYaml('POST', '/api/config/check', this.input.value);
    this.result.replaceChildren(
      problems.length === 0
        ? h('p', { class: 'good' }, 'Nothing is wrong with it; it could be applied.')
        : h(
            'div',
            { class: 'problem' },
            h('p', {}, `${plural(problems.length, 'problem')}:`),
            problemList(problems),
          ),
    );
  }

  async apply() {
    const lines = difference(this.running.text, this.input.value);
    const changes = lines.filter(([sign]) => sign !== ' ').length;
    const text = `${plural(changes, 'line')} differ from version ${this.running.version}. The file is written too.`;
    if ((await ask('Apply this configuration?', 'Apply', h('p', {}, text))) === null) return;
    const made = await sendYaml('PUT', '/api/config', this.input.value, this.running.version);
    await this.changed(made);
  }

  async rollBack(version) {
    const text = `Version ${version} becomes the newest version; the file is written too.`;
    if ((await ask(`Roll back to ${version}?`, 'Roll back', h('p', {}, text))) === null) return;
    await this.changed(await send('POST', '/api/config/rollback', { version }));
  }

  async changed(made) {
    toast(`Version ${made.version} is in use`, 'good');
    this.result.replaceChildren();
    await this.load();
  }

  /** Somebody else was faster: their text is shown, and the reader's is compared with it. */
  async others(problem) {
    await this.load();
    this.compare(this.input.value, `version ${this.running.version}, by ${this.running.by}`);
    this.result.prepend(errorText(problem));
  }
}

const panel = (title, ...content) => h('section', { class: 'panel' }, h('h2', {}, title), content);

function facts({ version, since, by, sha256 }) {
  const list = [
    ['Version', String(version)],
    ['Since', clock(since)],
    ['By', by],
    ['SHA-256', copyable(sha256)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    list.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

function rejection(rejected) {
  if (rejected === null) return '';
  return h(
    'div',
    { class: 'problem', id: 'config-rejection' },
    h('p', {}, `The last change was rejected: ${clock(rejected.at)}, by ${rejected.by}.`),
    problemList(rejected.problems),
  );
}

/** The changed lines with some around them. */
function drawing(lines) {
  const near = (at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(([sign]) => sign !== ' ');
  const shown = [];
  lines.forEach(([sign, line], at) => {
    if (near(at)) {
      const tone = { '-': 'gone', '+': 'new' }[sign] ?? null;
      shown.push(h('span', { class: tone }, `${sign} ${line}\n`));
    } else if (shown.at(-1)?.className !== 'gap') {
      shown.push(h('span', { class: 'gap' }, '…\n'));
    }
  });
  return h('pre', { class: 'text diff', tabindex: '0', 'aria-label': 'Difference' }, shown);
}
