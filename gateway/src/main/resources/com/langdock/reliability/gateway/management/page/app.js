// The dashboard: shows the view that the address names.

import { lastOverview, rememberOverview, shownRequest } from './address.js';
import { figures } from './figures.js';
import { showHealth } from './health.js';
import { listenToKeys } from './keys.js';
import { connect } from './live.js';
import { providers } from './providers.js';
import { requestPage } from './request.js';
import { requests } from './requests.js';
import { showTheme } from './theme.js';

const main = document.getElementById('main');
let parts = [];
let shown = null;
let from = { row: null, scroll: 0 };

function route() {
  const asked = shownRequest();
  const wasOverview = main.dataset.view === 'overview';
  if (asked === null && !/^(#\/?(\?.*)?)?$/.test(location.hash)) location.replace('#/');
  if (asked === null) rememberOverview();
  if (asked === null && wasOverview) return;
  if (asked !== null && asked === shown) return;
  if (asked !== null && wasOverview) from = { row: asked, scroll: scrollY };
  shown = asked;
  parts.forEach((part) => part.stop());
  main.dataset.view = asked === null ? 'overview' : 'request';
  parts = asked === null ? [figures(), providers(), requests()] : [requestPage(asked)];
  main.replaceChildren(...parts.map((part) => part.element));
  if (asked === null) {
    comeBack();
  } else {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
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
  location.hash = lastOverview();
});
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', route);
connect();
route();
