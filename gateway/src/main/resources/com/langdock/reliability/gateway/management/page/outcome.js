// How a request or an attempt ended, as a word with an icon.

import { badge } from './dom.js';
import { words } from './format.js';

const SIGNS = {
  success: ['good', 'ok'],
  failed: ['bad', 'fail'],
  invalid: ['warn', 'warn'],
  cancelled: ['calm', 'stop'],
  in_progress: ['busy', 'run'],
};

export const OUTCOMES = Object.keys(SIGNS);

/** The badge of an outcome. */
export const outcomeBadge = (outcome) =>
  badge(...(SIGNS[outcome] ?? ['calm', 'warn']), words(outcome));
