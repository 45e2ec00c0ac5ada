// A card for each provider: its breakers, why they are as they are, and its targets.

import { badge, h, mark, say } from './dom.js';
import { clock, count, plural, span } from './format.js';
import { drawStrip, strip } from './chart.js';
import { now, watch } from './live.js';

const STATES = {
  closed: ['good', 'ok', 'closed'],
  half_open: ['warn', 'warn', 'half-open'],
  open: ['bad', 'fail', 'open'],
};

/** The section of the cards; `stop` ends its updates. */
export function providers() {
  const cards = h(
    'div',
    { class: 'cards' },
    h('p', { class: 'empty' }, 'Waiting for the gateway…'),
  );
  const element = h(
    'section',
    { class: 'providers', 'aria-labelledby': 'providers-title' },
    h('div', { class: 'section-head' }, h('h1', { id: 'providers-title' }, 'Providers')),
    cards,
  );
  let shape = '';
  let shown = [];
  const stop = watch(({ latest }) => {
    if (!latest) return;
    const fresh = shapeOf(latest.providers);
    if (fresh !== shape) {
      shape = fresh;
      shown = latest.providers.map(card);
      const none = h('p', { class: 'empty' }, 'No provider is configured.');
      cards.replaceChildren(...(shown.length > 0 ? shown.map((each) => each.element) : [none]));
    }
    shown.forEach((each, at) => each.show(latest.providers[at], latest));
  });
  return { element, stop };
}

/** What the cards are made of; while it stays the same, only their texts change. */
function shapeOf(list) {
  return JSON.stringify(
    list.map((provider) => [
      provider.name,
      provider.breakers.map((b) => b.name),
      provider.targets.map((t) => t.model),
    ]),
  );
}

function card(provider) {
  const priority = h('span', { class: 'note' });
  const breakers = provider.breakers.map((each) => breakerOf(each, provider));
  const targets = provider.targets.map(targetOf);
  const element = h(
    'article',
    { class: 'card', 'data-provider': provider.name },
    h('header', {}, h('h2', {}, provider.name), priority),
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
          h('th', { scope: 'col' }, 'Takes calls'),
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
  );
  const show = (fresh, event) => {
    say(priority, `priority ${fresh.priority}`);
    const worst = fresh.breakers.some((each) => each.state === 'open')
      ? 'open'
      : fresh.breakers.some((each) => each.state === 'half_open')
        ? 'half_open'
        : 'closed';
    mark(element, 'data-state', worst);
    breakers.forEach((each, at) => each.show(fresh.breakers[at], event));
    targets.forEach((each, at) => each.show(fresh.targets[at]));
  };
  return { element, show };
}

function breakerOf(breaker, provider) {
  const state = h('span', { class: 'state' });
  const why = h('p', { class: 'why' });
  const since = h('dd', {});
  const probe = h('dd', {});
  const failures = h('dd', {});
  const chart = strip();
  const several = provider.breakers.length > 1 || breaker.name !== provider.name;
  const element = h(
    'div',
    { class: 'breaker', 'data-breaker': breaker.name },
    h(
      'p',
      { class: 'circuit' },
      several ? h('span', { class: 'name' }, breaker.name) : null,
      state,
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
    if (state.dataset.state !== fresh.state) {
      state.dataset.state = fresh.state;
      const [tone, iconName, word] = STATES[fresh.state];
      state.replaceChildren(badge(tone, iconName, `circuit ${word}`));
    }
    say(why, fresh.why ?? '');
    say(since, `${span((now() - Date.parse(fresh.since)) / 1000)} ago`);
    mark(since, 'title', clock(fresh.since));
    say(probe, probeOf(fresh));
    say(failures, `${count(fresh.window_failures)} of ${plural(fresh.window_calls, 'call')}`);
    drawStrip(chart, fresh, event.at, event.at - event.uptime_s * 1000);
  };
  return { element, show };
}

function probeOf(breaker) {
  if (breaker.state === 'closed') return 'none needed';
  const left = breaker.next_probe_in_ms ?? 0;
  return left > 0 ? `in ${span(Math.ceil(left / 1000))}` : 'with the next request';
}

function targetOf(target) {
  const ready = h('td', {});
  const succeeded = h('td', { class: 'number' });
  const failed = h('td', { class: 'number' });
  const element = h(
    'tr',
    {},
    h('th', { scope: 'row', class: 'mono' }, target.model),
    ready,
    succeeded,
    failed,
  );
  const show = (fresh) => {
    const paused = fresh.paused_for_ms > 0;
    say(
      ready,
      paused
        ? `paused, ${span(Math.ceil(fresh.paused_for_ms / 1000))} left`
        : fresh.ready
          ? 'yes'
          : 'no',
    );
    mark(ready, 'class', paused ? 'warn' : fresh.ready ? 'good' : 'bad');
    say(succeeded, count(fresh.succeeded_per_minute));
    say(failed, count(fresh.failed_per_minute));
    mark(failed, 'class', fresh.failed_per_minute > 0 ? 'number bad' : 'number');
  };
  return { element, show };
}
