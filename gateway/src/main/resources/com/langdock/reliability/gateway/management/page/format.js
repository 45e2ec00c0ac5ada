// Formats numbers. Unknown values are an en dash, never a zero.

export const UNKNOWN = '–';

const absent = (value) => value === null || value === undefined || Number.isNaN(value);

/** 340 ms, 1.2 s, 12 s, 3 min 20 s, 2 h 5 min. */
export function duration(ms) {
  if (absent(ms)) return UNKNOWN;
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return span(Math.round(ms / 1000));
}

/** A length in whole seconds. */
export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return parts(Math.floor(whole / 60), 'min', whole % 60, 's');
  if (whole < 86400)
    return parts(Math.floor(whole / 3600), 'h', Math.floor(whole / 60) % 60, 'min');
  return parts(Math.floor(whole / 86400), 'd', Math.floor(whole / 3600) % 24, 'h');
}

function parts(many, unit, few, smaller) {
  return few === 0 ? `${many} ${unit}` : `${many} ${unit} ${few} ${smaller}`;
}

/** 0, 0.4, 12, 950, 12.3k, 1.2M. */
export function count(value) {
  if (absent(value)) return UNKNOWN;
  if (value >= 999_950) return `${(value / 1e6).toFixed(1)}M`;
  if (value >= 9_950) return `${(value / 1e3).toFixed(1)}k`;
  if (value >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(1);
}

/** 0.25, 4.2, 128: a rate, with more digits where it is small. */
export function rate(value) {
  if (absent(value)) return UNKNOWN;
  return value > 0 && value < 1 ? value.toFixed(2) : count(value);
}

/** $0.0042, $1.20, $12.3k. */
export function dollars(value) {
  if (absent(value)) return UNKNOWN;
  const number = Number(value);
  if (number === 0) return '$0';
  if (number < 0.0001) return '<$0.0001';
  if (number < 1) return `$${Number(number.toPrecision(2))}`;
  return number < 1000 ? `$${number.toFixed(2)}` : `$${count(number)}`;
}

/** 100 %, 99.95 %, 87 %. Never rounded up to 100 %: one failure must be visible. */
export function percent(share) {
  if (absent(share)) return UNKNOWN;
  if (share === 1) return '100 %';
  const value = share * 100;
  if (value < 90) return `${Math.round(value)} %`;
  return `${(Math.floor(value * 100) / 100).toFixed(value >= 99 ? 2 : 1)} %`;
}

/** 17:04:09, in the reader's time zone; with the day when it was not today. */
export function clock(moment) {
  const at = new Date(moment);
  const time = at.toLocaleTimeString('en-GB');
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${time}`;
}

/** A provider and a model as one word. */
export const target = (provider, model) => `${provider}/${model}`;

/** The end of an id: its beginning is the time, which stands beside it. */
export const shortId = (id) => id.slice(-8);

/** in_progress becomes in progress. */
export const words = (name) => name.replaceAll('_', ' ');

/** 1 request, 2 requests. */
export const plural = (many, noun) => `${many} ${noun}${many === 1 ? '' : 's'}`;
