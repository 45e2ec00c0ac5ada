// Attempts and waits of a request on one time axis.

import { h, s } from './dom.js';
import { duration, target, words } from './format.js';

const ROW = 40;
const BAR = 12;
const TOP = 24;
const PAD = 8;
const LEAST = 3;
const GAP = 5;
const STEPS = [1, 2, 5];

/** The drawing; `show` draws a request, `stop` stops observing the width. */
export function waterfall() {
  const element = h('div', { class: 'waterfall' });
  let latest = null;
  const draw = () => {
    const width = element.clientWidth;
    if (latest && width > 0) element.replaceChildren(drawing(latest.request, latest.now, width));
  };
  const observer = new ResizeObserver(draw);
  observer.observe(element);
  return {
    element,
    show: (request, now) => {
      latest = { request, now };
      draw();
    },
    stop: () => observer.disconnect(),
  };
}

function drawing(request, now, width) {
  const length = lengthOf(request, now);
  const rows = rowsOf(request, length);
  const height = TOP + Math.max(1, rows.length) * ROW;
  const x = (ms) => PAD + (ms / length) * (width - 2 * PAD);
  return s(
    'svg',
    {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': summary(rows),
    },
    hatch(),
    axis(length, x, height),
    breakers(request, x, height),
    rows.map((each, at) => drawRow(each, x, TOP + at * ROW, rows[at + 1], width)),
  );
}

/** The length of the axis: for a running request, its age. */
function lengthOf(request, now) {
  const age = request.outcome === 'in_progress' ? now - Date.parse(request.started_at) : 0;
  const ends = request.attempt_list.map((attempt) => attempt.start_ms + attempt.latency_ms);
  return Math.max(request.latency_ms, age, 1, ...ends);
}

function rowsOf(request, length) {
  const attempts = request.attempt_list.map((attempt) => ({
    kind: attempt.status,
    from: attempt.start_ms,
    to: attempt.status === 'in_progress' ? length : attempt.start_ms + attempt.latency_ms,
    first: attempt.first_token_ms,
    title: `${attempt.attempt_number}  ${target(attempt.provider, attempt.model)}`,
    result: resultOf(attempt),
  }));
  const waits = request.timeline
    .filter((line) => line.kind === 'wait')
    .map((line) => ({
      kind: 'wait',
      from: line.at_ms,
      to: Math.min(length, line.at_ms + line.wait_ms),
      title: 'wait',
      result: '',
    }));
  return [...attempts, ...waits].sort((one, other) => one.from - other.from);
}

function resultOf(attempt) {
  if (attempt.status === 'success') return '';
  if (attempt.status === 'failed')
    return String(attempt.http_status ?? words(attempt.error_type ?? 'failed'));
  return words(attempt.status);
}

function summary(rows) {
  const told = rows.map(
    (each) =>
      `${each.title} ${each.result}, from ${duration(each.from)}, for ${duration(each.to - each.from)}`,
  );
  return `Timeline: ${told.join('; ') || 'no attempts'}`;
}

function hatch() {
  return s(
    'defs',
    {},
    s(
      'pattern',
      {
        id: 'hatch',
        width: 6,
        height: 6,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      s('rect', { class: 'hatch', width: 2, height: 6 }),
    ),
  );
}

function axis(length, x, height) {
  const step = stepOf(length, x(length) < 420 ? 3 : 6);
  const ticks = [];
  for (let ms = 0; ms <= length; ms += step) ticks.push(ms);
  return s(
    'g',
    { class: 'axis' },
    ticks
      .map((ms) => {
        const last = x(ms) > x(length) - 24;
        return [
          s('line', { x1: x(ms), x2: x(ms), y1: TOP - 6, y2: height }),
          s(
            'text',
            { x: x(ms), y: 12, 'text-anchor': ms === 0 ? 'start' : last ? 'end' : 'middle' },
            ms === 0 ? '0' : duration(ms),
          ),
        ];
      })
      .flat(),
  );
}

/** A round step: at most so many of them. */
function stepOf(length, most) {
  for (let power = 0.1; power < 1e9; power *= 10) {
    for (const digit of STEPS) {
      if (length / (digit * power) <= most) return digit * power;
    }
  }
  return length;
}

function breakers(request, x, height) {
  return s(
    'g',
    { class: 'breakers' },
    request.timeline
      .filter((line) => line.kind === 'breaker')
      .map((line) =>
        s(
          'line',
          { x1: x(line.at_ms), x2: x(line.at_ms), y1: TOP - 6, y2: height },
          s('title', {}, line.text),
        ),
      ),
  );
}

function drawRow(each, x, y, next, width) {
  const left = x(each.from);
  const bar = Math.max(LEAST, x(each.to) - left);
  const top = y + 18;
  const parts = [
    s('rect', { class: `bar ${each.kind}`, x: left, y: top, width: bar, height: BAR, rx: 3 }),
  ];
  if (each.kind === 'wait') {
    parts.push(s('rect', { class: 'hatched', x: left, y: top, width: bar, height: BAR, rx: 3 }));
  }
  if (each.first !== null && each.first !== undefined) {
    const first = x(each.from + each.first);
    parts.push(
      s('rect', {
        class: 'before-first',
        x: left,
        y: top,
        width: Math.max(0, first - left),
        height: BAR,
        rx: 3,
      }),
      s(
        'line',
        { class: 'first', x1: first, x2: first, y1: top - 3, y2: top + BAR + 3 },
        s('title', {}, `first content after ${duration(each.first)}`),
      ),
    );
  }
  if (next) {
    const end = Math.max(left + bar, x(next.from));
    parts.push(s('path', { class: 'link', d: `M${end} ${top + BAR}V${y + ROW + 18}` }));
  }
  parts.push(label(each, left, y + 11, width));
  return s('g', {}, s('title', {}, `${each.title} ${each.result}`), parts);
}

/** Above its bar; at the right edge it ends with the drawing. */
function label(each, left, y, width) {
  const took = duration(each.to - each.from);
  const letters = `${each.title} ${each.result} ${took}`.length + 2;
  const fits = left + letters * 7 < width;
  return s(
    'text',
    {
      class: 'label',
      x: fits ? left + GAP : width - PAD,
      y,
      'text-anchor': fits ? 'start' : 'end',
    },
    s('tspan', { class: 'who' }, each.title),
    each.result ? s('tspan', { class: `result ${each.kind}`, dx: 7 }, each.result) : null,
    s('tspan', { class: 'took', dx: 7 }, took),
  );
}
