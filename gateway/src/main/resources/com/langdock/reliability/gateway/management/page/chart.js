// The two small drawings of the overview: a sparkline, and the strip of a breaker's states.

import { s } from './dom.js';
import { words } from './format.js';

export const SPAN_MS = 15 * 60 * 1000;
const WIDTH = 300;
const HEIGHT = 32;
const EDGE = 2;
const HEIGHTS = { closed: 4, half_open: 9, open: 14 };

/** An empty sparkline of so many lines. */
export function sparkline(lines) {
  const area = s('path', { class: 'area' });
  const paths = Array.from({ length: lines }, (_, at) => s('path', { class: `line line-${at}` }));
  return s(
    'svg',
    {
      class: 'spark',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    area,
    paths,
  );
}

/** Draws the fields of the points that end now; `top` is the scale's end, null for the largest. */
export function drawSparkline(chart, points, fields, top) {
  const end = points.at(-1)?.at ?? 0;
  const seen = points.flatMap((point) => fields.map((field) => point[field] ?? 0));
  const most = top ?? Math.max(...seen, 0);
  const place = (point, field) => {
    const x = WIDTH * (1 - (end - point.at) / SPAN_MS);
    const y = HEIGHT - EDGE - (most > 0 ? point[field] / most : 0) * (HEIGHT - 2 * EDGE);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const [area, ...paths] = chart.children;
  const runs = fields.map((field) => runsOf(points, field));
  paths.forEach((path, at) => {
    const field = fields[at];
    path.setAttribute('d', runs[at].map((run) => lineOf(run, field, place)).join(''));
  });
  area.setAttribute('d', runs[0].map((run) => areaOf(run, fields[0], place)).join(''));
}

/** Points that follow each other; a null between them is a gap. */
function runsOf(points, field) {
  const runs = [];
  let run = null;
  for (const point of points) {
    if (point[field] === null || point[field] === undefined) run = null;
    else if (run) run.push(point);
    else runs.push((run = [point]));
  }
  return runs;
}

function lineOf(run, field, place) {
  const rest = run.length > 1 ? run.slice(1) : run;
  return `M${place(run[0], field)}${rest.map((point) => `L${place(point, field)}`).join('')}`;
}

function areaOf(run, field, place) {
  const left = place(run[0], field).split(' ')[0];
  const right = place(run.at(-1), field).split(' ')[0];
  return `${lineOf(run, field, place)}L${right} ${HEIGHT}L${left} ${HEIGHT}Z`;
}

/** An empty strip. */
export function strip() {
  return s('svg', {
    class: 'strip',
    viewBox: `0 0 ${WIDTH} 14`,
    preserveAspectRatio: 'none',
    role: 'img',
  });
}

/** Draws a breaker's states up to `now`: the worse the state, the taller its bar. */
export function drawStrip(chart, breaker, now, started) {
  const begin = now - SPAN_MS;
  const x = (at) => WIDTH * Math.max(0, (at - begin) / SPAN_MS);
  const bars = statesOf(breaker, now, started)
    .filter((state) => state.to > begin)
    .map((state) =>
      s('rect', {
        class: state.state,
        x: x(state.from),
        y: 14 - HEIGHTS[state.state],
        // Short states must stay visible.
        width: Math.max(1.5, x(state.to) - x(state.from)),
        height: HEIGHTS[state.state],
      }),
    );
  chart.replaceChildren(...bars);
  const opened = breaker.changes.filter((change) => change.to === 'open').length;
  const times = opened === 1 ? 'once' : `${opened} times`;
  const past = opened === 0 ? 'not opened' : `opened ${times}`;
  chart.setAttribute('aria-label', `Last 15 minutes: ${past}; now ${words(breaker.state)}`);
}

/** The state before the first change begins with the drawing, or with the gateway. */
function statesOf(breaker, now, started) {
  const states = [];
  let from = Math.max(now - SPAN_MS, started);
  let state = breaker.changes[0]?.from ?? breaker.state;
  for (const change of breaker.changes) {
    states.push({ state, from, to: change.at });
    from = change.at;
    state = change.to;
  }
  states.push({ state: breaker.state, from, to: now });
  return states;
}
