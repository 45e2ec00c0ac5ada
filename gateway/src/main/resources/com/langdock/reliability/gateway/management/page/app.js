// The dashboard: shows the view that the address names.

import { access } from './access.js';
import {
  lastKeys,
  lastOverview,
  otherView,
  rememberKeys,
  rememberOverview,
  shownRequest,
} from './address.js';
import { configPage } from './config.js';
import { setAttribute } from './dom.js';
import { figures } from './figures.js';
import { showHealth } from './health.js';
import { keyList } from './key-list.js';
import { listenToKeys } from './keys.js';
import { connect } from './live.js';
import { providers } from './providers.js';
import { requestPage } from './request.js';
import { requests } from './requests.js';
import { newSubject, subjectPage } from './subject-page.js';
import { teamList } from './team-list.js';
import { showTheme } from './theme.js';
import { usagePage } from './usage.js';

const PLACES = {
  keys: '#/keys',
  teams: '#/keys',
  'new-key': '#/keys',
  'new-team': '#/keys',
  usage: '#/usage',
  config: '#/config',
};

const main = document.getElementById('main');
let parts = [];
let shown = null;
let from = { row: null, scroll: 0 };

function route() {
  const request = shownRequest();
  const other = request === null ? otherView() : null;
  const name = request !== null ? 'request' : (other?.name ?? 'overview');
  const wasOverview = main.dataset.view === 'overview';
  const isOverview = name === 'overview';
  if (isOverview && !/^(#\/?(\?.*)?)?$/.test(location.hash)) location.replace('#/');
  if (isOverview) rememberOverview();
  if (name === 'keys' && other.id === null) rememberKeys();
  const asked = `${name} ${request ?? other?.id ?? ''}`;
  if (asked === shown) return;
  if (request !== null && wasOverview) from = { row: request, scroll: scrollY };
  shown = asked;
  parts.forEach((part) => part.stop());
  main.dataset.view = name;
  parts = partsOf(name, request ?? other?.id ?? null);
  main.replaceChildren(...parts.map((part) => part.element));
  showPlace(name);
  if (isOverview) {
    comeBack();
  } else {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function partsOf(name, id) {
  switch (name) {
    case 'request':
      return [requestPage(id)];
    case 'keys':
      return id === null ? [keyList(), teamList()] : [subjectPage('key', id)];
    case 'teams':
      return id === null ? [keyList(), teamList()] : [subjectPage('team', id)];
    case 'new-key':
      return [newSubject('key')];
    case 'new-team':
      return [newSubject('team')];
    case 'config':
      return [configPage()];
    case 'usage':
      return [usagePage()];
    default:
      return [figures(), providers(), requests()];
  }
}

/** Marks the view in the navigation. */
function showPlace(name) {
  const place = PLACES[name] ?? '#/';
  for (const link of document.querySelectorAll('#views a')) {
    setAttribute(link, 'aria-current', link.getAttribute('href') === place ? 'page' : null);
  }
}

/** Scrolls back to the row that was opened, once the list is loaded. */
function comeBack(tries = 20) {
  // Not if the reader has moved the focus.
  const idle = document.activeElement === document.body || document.activeElement === main;
  if (from.row === null || !idle) return;
  const row = document.querySelector(`[data-row="${CSS.escape(from.row)}"]`);
  if (row) {
    scrollTo(0, from.scroll);
    row.focus({ preventScroll: true });
    from = { row: null, scroll: 0 };
  } else if (tries > 0) {
    setTimeout(() => comeBack(tries - 1), 50);
  }
}

const themeButton = document.getElementById('theme-button');
showTheme(themeButton);
showHealth(document.getElementById('health'), document.getElementById('banner'));
listenToKeys(document.getElementById('keys-button'), themeButton, () => {
  location.hash = shownRequest() === null ? lastKeys() : lastOverview();
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', route);
connect();
route();
// Buttons that would be refused are not shown to those who may only read.
access().then(
  ({ may_change }) => document.documentElement.classList.toggle('reader', !may_change),
  () => {},
);
