// The live figures: one connection for the page, reopened after growing pauses when it breaks.

import { request } from './api.js';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15000;
const SILENCE_MS = 5000;
const HISTORY_MS = 15 * 60 * 1000;
const POINT_MS = 5000;
const DATA = 'data: ';

const listeners = new Set();
let connection = null;
let pause = FIRST_PAUSE_MS;
let retry = 0;
let silence = 0;
let ahead = 0;

/** The latest event, the points of the last 15 minutes, and whether they are stale. */
export const live = { latest: null, history: [], stale: false, refusal: null, retryAt: 0 };

/** Calls back now, after every event and after every change of the connection. Returns an unsubscribe function. */
export function watch(listener) {
  listeners.add(listener);
  listener(live);
  return () => listeners.delete(listener);
}

/** The gateway's time: the browser's clock may be wrong. */
export const now = () => Date.now() + ahead;

/** Connects at once. */
export function connect() {
  clearTimeout(retry);
  connection?.abort();
  connection = new AbortController();
  listen(connection);
}

/** Reads events until the connection ends. Not by EventSource, which cannot send a token. */
async function listen(mine) {
  try {
    const answer = await request('/api/live', { signal: () => mine.signal });
    if (!answer.ok) {
      live.refusal = answer.status < 500 ? ((await answer.json()).error?.message ?? null) : null;
      throw new Error(`It answered ${answer.status}.`);
    }
    live.refusal = null;
    expect(mine);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const events = (text + value).split('\n\n');
      text = events.pop();
      for (const event of events) {
        if (mine !== connection) return;
        expect(mine);
        if (event.startsWith(DATA)) take(JSON.parse(event.slice(DATA.length)));
      }
    }
  } catch {
    // A refused or broken connection is handled like one that ended.
  }
  if (mine === connection) lost();
}

function take(event) {
  pause = FIRST_PAUSE_MS;
  ahead = event.at - Date.now();
  if (event.history) live.history = event.history;
  remember(event.now);
  live.latest = event;
  live.stale = false;
  tell();
}

/** Replaces the last point, or adds one every five seconds. */
function remember(figures) {
  const history = live.history;
  const before = history.at(-2);
  if (before && figures.at - before.at < POINT_MS) history[history.length - 1] = figures;
  else history.push(figures);
  while (history.length > 0 && history[0].at < figures.at - HISTORY_MS) history.shift();
}

function expect(mine) {
  clearTimeout(silence);
  silence = setTimeout(() => mine.abort(), SILENCE_MS);
}

function lost() {
  clearTimeout(silence);
  live.stale = true;
  live.retryAt = Date.now() + pause;
  clearTimeout(retry);
  retry = setTimeout(connect, pause);
  pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  tell();
}

function tell() {
  for (const listener of [...listeners]) listener(live);
}
