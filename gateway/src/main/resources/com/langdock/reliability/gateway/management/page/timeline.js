// The timeline of a request as text, from the management API.

import { h, icon } from './dom.js';
import { duration } from './format.js';

const SIGNS = {
  attempt: ['busy', 'run'],
  first_content: ['busy', 'run'],
  succeeded: ['good', 'ok'],
  failed: ['bad', 'fail'],
  gave_up: ['bad', 'fail'],
  refused: ['warn', 'stop'],
  skipped: ['calm', 'stop'],
  cancelled: ['calm', 'stop'],
  wait: ['calm', 'wait'],
  moved: ['warn', 'move'],
  continued: ['warn', 'move'],
  breaker: ['warn', 'warn'],
};

/** The list of events, in order. */
export function timeline(lines) {
  if (lines.length === 0) return h('p', { class: 'note' }, 'Nothing yet.');
  return h(
    'ol',
    { class: 'timeline' },
    lines.map((line) => {
      const [tone, iconName] = SIGNS[line.kind] ?? ['calm', 'move'];
      return h(
        'li',
        { 'data-kind': line.kind },
        h('span', { class: `sign ${tone}` }, icon(iconName)),
        h('span', { class: 'at' }, `+${duration(line.at_ms)}`),
        h('span', { class: 'told' }, line.text),
      );
    }),
  );
}
