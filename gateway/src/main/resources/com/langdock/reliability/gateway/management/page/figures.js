// The figures of the last minute, each with its last quarter of an hour.

import { h, setText } from './dom.js';
import { count, dollars, duration, percent, rate } from './format.js';
import { drawSparkline, sparkline } from './chart.js';
import { watch } from './live.js';

// `fields`: the first is the large one; the others follow with the name of their percentile.
const FIGURES = [
  { id: 'rps', title: 'Requests', unit: '/s', fields: ['requests_per_second'], form: rate },
  { id: 'success', title: 'Success', fields: ['success_rate'], form: percent, top: 1 },
  {
    id: 'latency',
    title: 'Latency',
    names: ['p50', 'p95', 'p99'],
    form: duration,
    fields: ['latency_p50_ms', 'latency_p95_ms', 'latency_p99_ms'],
  },
  {
    id: 'ttft',
    title: 'TTFT',
    hint: 'Time to the first token of a stream',
    names: ['p50', 'p95'],
    form: duration,
    fields: ['first_token_p50_ms', 'first_token_p95_ms'],
  },
  { id: 'tokens', title: 'Tokens', unit: '/s', fields: ['tokens_per_second'], form: rate },
  { id: 'cost', title: 'Cost', unit: '/h', fields: ['cost_per_hour_usd'], form: dollars },
  { id: 'in-flight', title: 'In flight', fields: ['in_flight'], form: count },
];

/** The section of the figures; `stop` ends its updates. */
export function figures() {
  const tiles = FIGURES.map(tile);
  const element = h(
    'section',
    { class: 'figures', 'aria-labelledby': 'figures-title' },
    h(
      'div',
      { class: 'section-head' },
      h('h1', { id: 'figures-title' }, 'Traffic'),
      h('p', { class: 'note' }, 'last 60 s · curves: 15 min'),
    ),
    h(
      'div',
      { class: 'tiles' },
      tiles.map((each) => each.element),
    ),
  );
  const stop = watch(({ latest, history }) => {
    if (latest) tiles.forEach((each) => each.show(latest.now, history));
  });
  return { element, stop };
}

function tile(figure) {
  const values = figure.fields.map((_, at) => h('span', { class: 'value' }, '–'));
  const chart = sparkline(Math.min(2, figure.fields.length));
  const rest = values
    .slice(1)
    .map((value, at) =>
      h(
        'span',
        { class: 'percentile' },
        h('span', { class: 'unit' }, figure.names[at + 1]),
        ' ',
        value,
      ),
    );
  const unit = figure.names ? figure.names[0] : figure.unit;
  const element = h(
    'div',
    { class: 'tile', id: `figure-${figure.id}` },
    h('h2', { title: figure.hint }, figure.title),
    h(
      'p',
      { class: 'numbers' },
      h('span', { class: 'large' }, values[0], unit ? h('span', { class: 'unit' }, unit) : null),
      rest.length > 0 ? h('span', { class: 'rest' }, rest) : null,
    ),
    chart,
  );
  const show = (now, history) => {
    values.forEach((value, at) => setText(value, figure.form(now[figure.fields[at]])));
    drawSparkline(chart, history, figure.fields.slice(0, 2), figure.top ?? null);
  };
  return { element, show };
}
