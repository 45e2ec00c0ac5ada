// The list of teams.

import { access } from './access.js';
import { teamAddress } from './address.js';
import { read } from './api.js';
import { h } from './dom.js';
import { UNKNOWN, count, dollars } from './format.js';
import { errorText, leftOf, sheet, tightest } from './sheet.js';

const MOST = 500;
const COLUMNS = [
  ['Name', 'name'],
  ['Keys', 'number'],
  ['Requests today', 'number wide'],
  ['Cost this month', 'number'],
  ['Least left', 'number wide'],
];

/** The section, read once. */
export function teamList() {
  const content = h('div', {});
  const create = h('a', { class: 'button', href: '#/new-team', hidden: true }, 'New team');
  const element = h(
    'section',
    { class: 'governance', id: 'teams', 'aria-labelledby': 'teams-title' },
    h('div', { class: 'section-head' }, h('h1', { id: 'teams-title' }, 'Teams'), create),
    content,
  );
  access().then(
    ({ may_change_keys }) => (create.hidden = !may_change_keys),
    () => {},
  );
  load(content);
  return { element, stop: () => {} };
}

async function load(content) {
  try {
    const { teams, next_before: next } = await read(`/api/teams?limit=${MOST}`);
    content.replaceChildren(
      teams.length > 0
        ? sheet('Teams', COLUMNS, teams.map(cells))
        : h('p', { class: 'empty' }, 'There are no teams.'),
      next === null ? '' : h('p', { class: 'note' }, `The first ${MOST}, by their names.`),
    );
  } catch (problem) {
    content.replaceChildren(errorText(problem));
  }
}

function cells(team) {
  const least = tightest(team.remaining);
  return [
    [
      h('a', { href: teamAddress(team.name), 'data-row': team.id }, team.name),
      team.source === 'file' ? h('span', { class: 'tag' }, 'file') : null,
    ],
    count(team.keys),
    count(team.usage.day.requests),
    dollars(team.usage.month.cost_usd),
    least === null ? UNKNOWN : leftOf(least),
  ];
}
