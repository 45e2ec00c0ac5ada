// The form of a key or team, new or known.

import { h } from './dom.js';
import { changeOf, fieldsOf, shown } from './rules.js';
import { errorText } from './sheet.js';

const HINTS = {
  list: 'all; (none) for nothing',
  number: 'no limit',
  percent: '50, 80, 100',
};
const OWN_HINTS = {
  name: 'required',
  expires: 'never, 90d or 2027-12-31',
  burst: 'as many as a minute’s',
};

/**
 * The form. `save` sends a change and throws the API's error; `reread` reads the object again after
 * somebody else changed it; `cancel` leaves.
 */
export function subjectForm(kind, object, { save, reread = null, cancel }) {
  const isNew = reread === null;
  const fields = fieldsOf(kind, isNew);
  const controls = new Map(fields.map((each) => [each, control(each, shown(object, each))]));
  const said = h('div', {});
  const button = h('button', { class: 'primary' }, isNew ? `Create the ${kind}` : 'Save');
  let base = object;
  const texts = () =>
    Object.fromEntries([...controls].map(([each, input]) => [each.id, textOf(input)]));

  async function submit() {
    const change = changeOf(base, fields, texts());
    if (!isNew && Object.keys(change).length === 0) return cancel();
    button.disabled = true;
    try {
      await save(change, base);
    } catch (problem) {
      said.replaceChildren(errorText(problem));
      if (problem.code === 'stale_version' && !isNew) await merge();
    }
    button.disabled = false;
  }

  /** Fields that the reader has not touched get their new values; the others stay. */
  async function merge() {
    try {
      const fresh = await reread();
      const others = [];
      for (const [each, input] of controls) {
        const [was, is] = [shown(base, each), shown(fresh, each)];
        if (was === is) continue;
        const mine = textOf(input) !== was;
        if (!mine) set(input, is);
        const kept = mine ? ' (your text stays)' : '';
        others.push(`${each.title}: ${was || 'empty'} → ${is || 'empty'}${kept}`);
      }
      base = fresh;
      said.append(
        h('p', {}, `Somebody else has changed it; it is version ${fresh.version} now. Save again to change that one.`),
        h('ul', { class: 'others' }, others.map((line) => h('li', {}, line))),
      );
    } catch (problem) {
      said.append(errorText(problem));
    }
  }

  return h(
    'form',
    {
      class: 'edit panel',
      'aria-label': isNew ? `New ${kind}` : `Edit ${object.name}`,
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    [...Map.groupBy(fields, (each) => each.group)].map(([title, members]) =>
      h(
        'fieldset',
        {},
        h('legend', {}, title),
        members.map((each) => labelled(each, controls.get(each))),
      ),
    ),
    said,
    h('p', { class: 'actions' }, h('button', { type: 'button', onclick: cancel }, 'Cancel'), button),
  );
}

function labelled(each, input) {
  const wide = each.kind === 'pairs' ? 'wide-field' : null;
  return each.kind === 'flag'
    ? h('label', { class: 'flag' }, input, h('span', {}, each.title))
    : h('label', { class: wide }, h('span', {}, each.title), input);
}

function control(each, text) {
  const { id, kind } = each;
  const name = each.path[0];
  if (kind === 'flag') return set(h('input', { id, type: 'checkbox' }), text);
  if (kind === 'pairs') return h('textarea', { id, rows: 3, spellcheck: 'false', value: text });
  if (kind === 'priority') {
    const options = ['high', 'normal', 'low'].map((value) => h('option', { value }, value));
    return set(h('select', { id }, options), text || 'normal');
  }
  return h('input', {
    id,
    value: text,
    required: name === 'name',
    placeholder: OWN_HINTS[each.path.at(-1)] ?? HINTS[kind] ?? '',
    inputmode: kind === 'number' ? 'decimal' : null,
    autocomplete: 'off',
    spellcheck: 'false',
  });
}

const textOf = (input) => (input.type === 'checkbox' ? (input.checked ? 'true' : '') : input.value);

function set(input, text) {
  if (input.type === 'checkbox') input.checked = text !== '';
  else input.value = text;
  return input;
}
