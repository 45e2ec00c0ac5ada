// An operator's actions on a provider: reset its circuits, lift its pauses.

import { put } from './api.js';
import { h } from './dom.js';
import { plural } from './format.js';
import { toast } from './toast.js';

const ACTIONS = {
  circuit: { action: 'reset', title: 'Reset', done: 'circuit closed' },
  pause: { action: 'lift', title: 'Lift', done: 'pause lifted' },
};

/** A button that acts at once and shows the result; `model` is null for the whole provider. */
export function actionButton(what, provider, model = null) {
  const { action, title, done } = ACTIONS[what];
  const name = model === null ? provider : `${provider}/${model}`;
  const button = h(
    'button',
    {
      type: 'button',
      class: 'small',
      'data-action': action,
      'aria-label': `${title} the ${what} of ${name}`,
      hidden: true,
    },
    title,
  );
  button.addEventListener('click', async (event) => {
    // A click on the button must not open its row.
    event.preventDefault();
    event.stopPropagation();
    button.disabled = true;
    try {
      const path = `/api/providers/${encodeURIComponent(provider)}/${what}`;
      const answer = await put(path, model === null ? { action } : { action, model });
      toast(`${name}: ${done}, ${plural(answer.targets.length, 'target')}`, 'good');
    } catch (problem) {
      toast(`${name} was not changed: ${problem.message}`, 'bad');
    }
    button.disabled = false;
  });
  return button;
}
