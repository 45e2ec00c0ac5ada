// The dashboard: which view the address asks for.

import { figures } from './figures.js';
import { showHealth } from './health.js';
import { listenToKeys } from './keys.js';
import { connect } from './live.js';
import { mocks } from './mocks.js';
import { providers } from './providers.js';
import { requestPage } from './request.js';
import { requests } from './requests.js';
import { showTheme } from './theme.js';

const REQUEST = /^#\/requests\/(.+)$/;

const main = document.getElementById('main');
let parts = [];
let from = { row: null, scroll: 0 };

function route() {
  const asked = REQUEST.exec(location.hash);
  const wasOverview = main.dataset.view === 'overview';
  if (asked && wasOverview) from = { row: asked[1], scroll: scrollY };
  if (!asked && location.hash.length > 2) location.replace('#/');
  if (!asked && wasOverview) return;
  parts.forEach((part) => part.stop());
  main.dataset.view = asked ? 'request' : 'overview';
  parts = asked
    ? [requestPage(decodeURIComponent(asked[1]))]
    : [figures(), providers(), mocks(), requests()];
  main.replaceChildren(...parts.map((part) => part.element));
  if (asked) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  } else {
    comeBack();
  }
}

/** Puts the reader back on the row that was opened, once the list is there. */
function comeBack(tries = 20) {
  // Somebody who has gone on to another place is left there.
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
listenToKeys(document.getElementById('keys-button'), themeButton);
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', route);
connect();
route();
