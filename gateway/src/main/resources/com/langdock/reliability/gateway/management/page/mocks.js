// The panel that makes the mock providers fail. It is there only while some provider is a mock.

import { put, read } from './api.js';
import { h, say } from './dom.js';
import { PRESETS, presetOf, settingsOf } from './presets.js';
import { toast } from './toast.js';
import { tryout } from './tryout.js';

const EVERY_MS = 5000;
const CHANCES = [0.1, 0.25, 0.5, 0.75, 1];

/** The section, hidden until a mock is known; `stop` ends its polling. */
export function mocks() {
  const list = h('div', { class: 'mocks' });
  const trial = tryout();
  const element = h(
    'section',
    { class: 'simulate', 'aria-labelledby': 'simulate-title', hidden: true },
    h(
      'div',
      { class: 'section-head' },
      h('h1', { id: 'simulate-title' }, 'Simulate failures'),
      h('p', { class: 'note' }, 'the mock providers only'),
    ),
    h('div', { class: 'panel' }, list, trial.element),
  );
  const shown = new Map();
  const load = async () => {
    if (document.visibilityState !== 'visible') return;
    try {
      const found = (await read('/api/mocks')).mocks;
      element.hidden = found.length === 0;
      for (const [at, mock] of found.entries()) {
        if (!shown.has(mock.provider)) {
          const each = control(mock.provider);
          shown.set(mock.provider, each);
          list.insertBefore(each.element, list.children[at] ?? null);
        }
        shown.get(mock.provider).show(mock.settings);
      }
    } catch {
      // What was set stays in view; a gateway that cannot be reached has its banner.
    }
  };
  load();
  const timer = setInterval(load, EVERY_MS);
  return {
    element,
    stop: () => {
      clearInterval(timer);
      trial.stop();
    },
  };
}

/** The switches of one mock. */
function control(provider) {
  let set = { id: 'healthy', probability: 1, retryAfter: null };
  let sending = 0;
  const custom = h('span', { class: 'note' });
  const radios = PRESETS.map((preset) =>
    h('input', {
      type: 'radio',
      name: `preset-${provider}`,
      value: preset.id,
      onchange: () => apply({ id: preset.id }),
    }),
  );
  const chance = h('select', { onchange: () => apply({ probability: Number(chance.value) }) });
  const after = h('input', {
    type: 'number',
    min: '0',
    max: '3600',
    step: '1',
    placeholder: 'none',
    onchange: () => apply({ retryAfter: after.value === '' ? null : Number(after.value) }),
  });
  const chanceField = h('label', { class: 'field' }, 'Share of calls ', chance);
  const afterField = h('label', { class: 'field' }, 'Retry-After, s ', after);
  const element = h(
    'fieldset',
    { class: 'mock', 'data-mock': provider },
    h('legend', {}, provider, custom),
    h(
      'div',
      { class: 'segments' },
      PRESETS.map((preset, at) =>
        h('label', { 'data-preset': preset.id }, radios[at], h('span', {}, preset.title)),
      ),
    ),
    h('div', { class: 'fields' }, chanceField, afterField),
  );

  function show(settings) {
    if (sending > 0) return;
    set = presetOf(settings);
    say(custom, set.id === 'custom' ? ' · set by hand' : '');
    element.dataset.preset = set.id;
    radios.forEach((radio) => {
      radio.checked = radio.value === set.id;
    });
    const preset = PRESETS.find((each) => each.id === set.id);
    chanceField.hidden = !preset?.by;
    afterField.hidden = set.id !== 'rate_limit';
    offer(chance, set.probability);
    if (document.activeElement !== after) after.value = set.retryAfter ?? '';
  }

  async function apply(change) {
    const wanted = { ...set, ...change };
    const preset = PRESETS.find((each) => each.id === wanted.id);
    if (!preset) return;
    sending++;
    let settings = null;
    try {
      const path = `/api/mocks/${encodeURIComponent(provider)}`;
      settings = await put(path, settingsOf(preset, wanted.probability, wanted.retryAfter));
      toast(
        `${provider}: ${preset.title.toLowerCase()}`,
        preset.id === 'healthy' ? 'good' : 'warn',
      );
    } catch (problem) {
      toast(`${provider} was not changed: ${problem.message}`, 'bad');
    }
    sending--;
    show(
      settings?.settings ??
        settings ??
        settingsOf(
          PRESETS.find((each) => each.id === set.id) ?? PRESETS[0],
          set.probability,
          set.retryAfter,
        ),
    );
  }

  return { element, show };
}

function offer(select, value) {
  const values = [...new Set([...CHANCES, value])].sort((one, other) => one - other);
  if (select.dataset.values !== values.join()) {
    select.dataset.values = values.join();
    select.replaceChildren(
      ...values.map((each) => h('option', { value: String(each) }, `${Math.round(each * 100)} %`)),
    );
  }
  select.value = String(value);
}
