// Light or dark: follows the system until the reader chooses; the choice is kept in this browser.

import { icon, setAttribute } from './dom.js';

const KEY = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

const chosen = () => localStorage.getItem(KEY);
const current = () => chosen() ?? (dark.matches ? 'dark' : 'light');

/** Applies the theme and lets the button change it. */
export function showTheme(button) {
  const apply = () => {
    const theme = current();
    document.documentElement.dataset.theme = theme;
    const other = theme === 'dark' ? 'light' : 'dark';
    setAttribute(button, 'aria-label', `Switch to ${other}`);
    setAttribute(button, 'title', `Switch to ${other} (t)`);
    button.replaceChildren(icon(theme === 'dark' ? 'sun' : 'moon'));
  };
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, current() === 'dark' ? 'light' : 'dark');
    apply();
  });
  dark.addEventListener('change', apply);
  apply();
}
