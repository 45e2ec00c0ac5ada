// The health line at the top: which provider fails, since when, and whether the data is stale.

import { badge, h, setText } from './dom.js';
import { span, words } from './format.js';
import { connect, now, watch } from './live.js';
import { askAgain } from './token.js';

const FORMS = {
  healthy: ['good', 'ok'],
  degraded: ['warn', 'warn'],
  draining: ['busy', 'stop'],
};

const JOURNAL_TROUBLES = {
  stalled: 'journal: a write takes too long',
  away: 'journal: cannot be written',
};

// More would make the line too long.
const MOST_TROUBLES = 3;

/** Keeps the line and the banner up to date. */
export function showHealth(line, banner) {
  const word = h('span', {});
  // The line is a live region: what changes every second must not be read out.
  const detail = h('span', { class: 'detail', 'aria-live': 'off' });
  line.append(word, detail);
  watch(({ latest, stale }) => {
    const health = stale ? 'unknown' : (latest?.health ?? 'connecting');
    if (word.dataset.health !== health) {
      word.dataset.health = health;
      const [tone, iconName] = FORMS[health] ?? ['calm', 'wait'];
      word.replaceChildren(badge(tone, iconName, health));
      document.title = health === 'healthy' ? 'Gateway' : `${health} · Gateway`;
    }
    setText(detail, stale || !latest ? '' : troubles(latest));
  });
  showBanner(banner);
}

/** Such as "openai: circuit open for 2 min"; if all providers work, the uptime. */
function troubles(event) {
  const circuits = event.providers
    .flatMap((provider) => provider.breakers)
    .filter((breaker) => breaker.state !== 'closed')
    .map((breaker) => {
      const length = span((now() - Date.parse(breaker.since)) / 1000);
      return `${breaker.name}: circuit ${words(breaker.state)} for ${length}`;
    });
  const paused = event.providers
    .filter((provider) => provider.targets.some((target) => target.paused_for_ms > 0))
    .map((provider) => `${provider.name}: paused`);
  const journal = JOURNAL_TROUBLES[event.journal?.status];
  const all = [...(journal ? [journal] : []), ...circuits, ...paused];
  if (event.health === 'draining') return 'no new connections';
  if (all.length > MOST_TROUBLES) {
    return `${all.slice(0, MOST_TROUBLES).join(' · ')} · ${all.length - MOST_TROUBLES} more`;
  }
  if (all.length > 0) return all.join(' · ');
  return event.uptime_s === undefined ? '' : `up ${span(event.uptime_s)}`;
}

function showBanner(banner) {
  const left = h('span', { 'aria-live': 'off' });
  const problem = h('strong', {});
  const tryNow = () => {
    askAgain();
    connect();
  };
  banner.append(
    h(
      'span',
      {},
      problem,
      ' ',
      left,
    ),
    h('button', { type: 'button', onclick: tryNow }, 'Try now'),
  );
  let timer = 0;
  watch(({ stale, refusal, retryAt }) => {
    clearInterval(timer);
    setText(problem, refusal ?? 'The gateway cannot be reached. What you see is old.');
    banner.hidden = !stale;
    document.documentElement.classList.toggle('stale', stale);
    if (!stale) return;
    const tick = () => {
      const seconds = Math.ceil((retryAt - Date.now()) / 1000);
      setText(left, seconds > 0 ? `Next try in ${seconds} s.` : 'Trying…');
    };
    tick();
    timer = setInterval(tick, 500);
  });
}
