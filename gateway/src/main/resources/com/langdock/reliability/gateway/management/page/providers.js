// The providers: a card for each where they are few, otherwise a row for each that opens.

import { badge, h, setAttribute, setText } from './dom.js';
import { clock, count, plural, span } from './format.js';
import { drawStrip, strip } from './chart.js';
import { now, watch } from './live.js';
import { actionButton } from './operator.js';

const STATES = {
  closed: ['good', 'ok', 'closed'],
  half_open: ['warn', 'warn', 'half-open'],
  open: ['bad', 'fail', 'open'],
  partly: ['warn', 'warn', 'partly open'],
};
const WORST_FIRST = ['open', 'half_open', 'closed'];

// More cards would push the requests off the screen.
const MOST_CARDS = 4;

/** The section of the providers; `stop` ends its updates. */
export function providers() {
  const list = h('div', { class: 'cards' }, h('p', { class: 'empty' }, 'Waiting for the gateway…'));
  const note = h('p', { class: 'note' });
  const element = h(
    'section',
    { class: 'providers', 'aria-labelledby': 'providers-title' },
    h('div', { class: 'section-head' }, h('h1', { id: 'providers-title' }, 'Providers'), note),
    list,
  );
  let shape = '';
  let shown = [];
  const stop = watch(({ latest }) => {
    if (!latest) return;
    const fresh = shapeOf(latest.providers);
    if (fresh !== shape) {
      shape = fresh;
      const compact = latest.providers.length > MOST_CARDS;
      const open = new Set(shown.filter((each) => each.element.open).map((each) => each.name));
      shown = latest.providers.map((each) => (compact ? row(each, open) : card(each)));
      list.className = compact ? 'rows panel' : 'cards';
      const none = h('p', { class: 'empty' }, 'No provider is configured.');
      list.replaceChildren(...(shown.length > 0 ? shown.map((each) => each.element) : [none]));
    }
    setText(note, summary(latest.providers));
    shown.forEach((each, at) => each.show(latest.providers[at], latest));
  });
  return { element, stop };
}

/** The structure of the elements; while it stays the same, only texts are updated. */
function shapeOf(list) {
  return JSON.stringify(
    list.map((provider) => [
      provider.name,
      told(provider).map((breaker) => breaker.name),
      provider.targets.map((target) => target.model),
    ]),
  );
}

/** The breakers to show: the provider's own, or its first, and those that changed. */
function told(provider) {
  const own = provider.breakers.filter((breaker) => breaker.name === provider.name);
  const eventful = (breaker) => breaker.state !== 'closed' || breaker.changes.length > 0;
  const others = provider.breakers.filter((each) => !own.includes(each) && eventful(each));
  const all = [...own, ...others];
  return all.length > 0 ? all : provider.breakers.slice(0, 1);
}

/** The worst state of its breakers; "partly" where only some of its models are behind one. */
function worst(provider) {
  const state = WORST_FIRST.find((one) => provider.breakers.some((each) => each.state === one));
  const own = provider.breakers.find((each) => each.name === provider.name);
  const some = provider.targets.some((target) => target.ready);
  const partly = state !== 'closed' && some && own?.state === 'closed';
  return partly ? 'partly' : (state ?? 'closed');
}

const paused = (provider) => provider.targets.filter((target) => target.paused_for_ms > 0);

function summary(list) {
  if (list.length <= MOST_CARDS) return '';
  const troubled = list.filter(
    (provider) => worst(provider) !== 'closed' || paused(provider).length > 0,
  );
  const what = troubled.length === 0 ? 'all take calls' : `${troubled.length} not well`;
  return `${list.length} · ${what}`;
}

function card(provider) {
  const { element: body, show: showBody } = details(provider);
  const priority = h('span', { class: 'note' });
  const element = h(
    'article',
    { class: 'card', 'data-provider': provider.name },
    h('header', {}, h('h2', {}, provider.name), priority),
    body,
  );
  const show = (fresh, event) => {
    setText(priority, `priority ${fresh.priority}`);
    setAttribute(element, 'data-state', worst(fresh));
    showBody(fresh, event);
  };
  return { name: provider.name, element, show };
}

/** A row with a summary of the provider; the rest of a card opens below it. */
function row(provider, open) {
  const state = h('span', { class: 'state' });
  const models = h('span', { class: 'note models' });
  const good = h('span', { class: 'rate' });
  const failed = h('span', { class: 'rate' });
  const chart = strip();
  const reset = actionButton('circuit', provider.name);
  const lift = actionButton('pause', provider.name);
  const { element: body, show: showBody } = details(provider);
  const element = h(
    'details',
    { class: 'row', 'data-provider': provider.name, open: open.has(provider.name) },
    h(
      'summary',
      {},
      h('span', { class: 'name' }, provider.name),
      state,
      models,
      chart,
      good,
      failed,
      h('span', { class: 'acts' }, reset, lift),
    ),
    body,
  );
  const show = (fresh, event) => {
    const stopped = paused(fresh).length;
    const current = worst(fresh);
    setAttribute(element, 'data-state', current);
    showState(state, current === 'closed' && stopped > 0 ? 'paused' : current);
    setText(models, modelsOf(fresh, stopped));
    setText(good, `${count(sum(fresh.targets, 'succeeded_per_minute'))} ok/min`);
    const bad = sum(fresh.targets, 'failed_per_minute');
    setText(failed, `${count(bad)} failed/min`);
    setAttribute(failed, 'class', bad > 0 ? 'rate bad' : 'rate calm');
    drawStrip(chart, lead(fresh), event.at, event.at - event.uptime_s * 1000);
    reset.hidden = current === 'closed';
    lift.hidden = stopped === 0;
    if (element.open) showBody(fresh, event);
  };
  let last = null;
  element.addEventListener('toggle', () => last && element.open && showBody(...last));
  return {
    name: provider.name,
    element,
    show: (fresh, event) => {
      last = [fresh, event];
      show(fresh, event);
    },
  };
}

/** The breaker whose strip represents the provider: the worst, or the one with a history. */
function lead(provider) {
  const all = told(provider);
  return (
    all.find((breaker) => breaker.name === provider.name && breaker.state !== 'closed') ??
    all.find((breaker) => breaker.state !== 'closed') ??
    all.find((breaker) => breaker.changes.length > 0) ??
    all[0]
  );
}

const sum = (list, name) => list.reduce((total, each) => total + each[name], 0);

function modelsOf(provider, stopped) {
  const ready = provider.targets.filter((target) => target.ready).length;
  const all = plural(provider.targets.length, 'model');
  if (ready === provider.targets.length) return all;
  return `${ready} of ${all} ready${stopped > 0 ? `, ${stopped} paused` : ''}`;
}

function showState(element, state) {
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  const [tone, iconName, word] = STATES[state] ?? ['warn', 'wait', state];
  element.replaceChildren(badge(tone, iconName, word));
}

/** Breakers, targets and the retry budget of a provider. */
function details(provider) {
  const breakers = told(provider).map((each) => breakerOf(each, provider));
  const targets = provider.targets.map((each) => targetOf(each, provider));
  const budget = h('p', { class: 'budget note' });
  const element = h(
    'div',
    { class: 'details' },
    breakers.map((each) => each.element),
    h(
      'table',
      { class: 'targets' },
      h('caption', { class: 'hidden' }, `Targets of ${provider.name}`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { scope: 'col' }, 'Model'),
          h('th', { scope: 'col' }, 'Ready'),
          h('th', { scope: 'col', class: 'number' }, 'ok/min'),
          h('th', { scope: 'col', class: 'number' }, 'failed/min'),
        ),
      ),
      h(
        'tbody',
        {},
        targets.map((each) => each.element),
      ),
    ),
    budget,
  );
  const show = (fresh, event) => {
    const byName = new Map(fresh.breakers.map((each) => [each.name, each]));
    breakers.forEach((each) => each.show(byName.get(each.name), event));
    targets.forEach((each, at) => each.show(fresh.targets[at]));
    budget.hidden = fresh.retry_budget === undefined;
    setText(budget, budgetOf(fresh.retry_budget ?? 0));
    setAttribute(budget, 'class', (fresh.retry_budget ?? 1) < 1 ? 'budget bad' : 'budget note');
  };
  return { element, show };
}

const budgetOf = (balance) =>
  balance < 1
    ? 'Retry budget empty: no retries until it refills'
    : `Retry budget: ${count(Math.floor(balance))} retries left`;

function breakerOf(breaker, provider) {
  const state = h('span', { class: 'state' });
  const why = h('p', { class: 'why' });
  const since = h('dd', {});
  const probe = h('dd', {});
  const failures = h('dd', {});
  const chart = strip();
  const own = breaker.name === provider.name;
  const model = own ? null : breaker.name.slice(provider.name.length + 1);
  const reset = actionButton('circuit', provider.name, model);
  const several = provider.breakers.length > 1 || !own;
  const element = h(
    'div',
    { class: 'breaker', 'data-breaker': breaker.name },
    h(
      'p',
      { class: 'circuit' },
      several ? h('span', { class: 'name' }, own ? 'whole provider' : model) : null,
      state,
      reset,
    ),
    why,
    h(
      'dl',
      { class: 'small-facts' },
      h('div', {}, h('dt', {}, 'Since'), since),
      h('div', {}, h('dt', {}, 'Next probe'), probe),
      h('div', {}, h('dt', {}, 'Failures in window'), failures),
    ),
    chart,
    h(
      'p',
      { class: 'scale', 'aria-hidden': 'true' },
      h('span', {}, '15 min ago'),
      h('span', {}, 'now'),
    ),
  );
  const show = (fresh, event) => {
    if (!fresh) return;
    if (state.dataset.state !== fresh.state) {
      state.dataset.state = fresh.state;
      const [tone, iconName, word] = STATES[fresh.state];
      state.replaceChildren(badge(tone, iconName, `circuit ${word}`));
    }
    reset.hidden = fresh.state === 'closed';
    setText(why, fresh.why ?? '');
    setText(since, `${span((now() - Date.parse(fresh.since)) / 1000)} ago`);
    setAttribute(since, 'title', clock(fresh.since));
    setText(probe, probeOf(fresh));
    setText(failures, `${count(fresh.window_failures)} of ${plural(fresh.window_calls, 'call')}`);
    drawStrip(chart, fresh, event.at, event.at - event.uptime_s * 1000);
  };
  return { name: breaker.name, element, show };
}

function probeOf(breaker) {
  if (breaker.state === 'closed') return 'none needed';
  const left = breaker.next_probe_in_ms ?? 0;
  return left > 0 ? `in ${span(Math.ceil(left / 1000))}` : 'with the next request';
}

function targetOf(target, provider) {
  const ready = h('span', {});
  const lift = actionButton('pause', provider.name, target.model);
  const succeeded = h('td', { class: 'number' });
  const failed = h('td', { class: 'number' });
  const element = h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'mono' }, target.model),
    h('td', { class: 'ready' }, ready, ' ', lift),
    succeeded,
    failed,
  );
  const show = (fresh) => {
    const left = Math.ceil(fresh.paused_for_ms / 1000);
    const tone = left > 0 ? 'warn' : fresh.ready ? 'good' : 'bad';
    setText(ready, left > 0 ? `paused, ${span(left)} left` : fresh.ready ? 'yes' : 'no');
    setAttribute(ready, 'class', tone);
    lift.hidden = left <= 0;
    setText(succeeded, count(fresh.succeeded_per_minute));
    setText(failed, count(fresh.failed_per_minute));
    setAttribute(failed, 'class', fresh.failed_per_minute > 0 ? 'number bad' : 'number');
  };
  return { element, show };
}
