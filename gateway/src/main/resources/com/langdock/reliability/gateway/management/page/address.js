// The state in the address: the view, the request, the filters. So Back and links work.

const REQUEST = /^#\/requests\/([^?]+)$/;

/** The filters in an address. */
export const FILTERS = ['provider', 'model', 'outcome', 'error', 'client_id', 'id'];

const PARAMETERS = [...FILTERS, 'before', 'by'];

let overview = '#/';

/** The request that the address shows, null for the overview. */
export function shownRequest() {
  const found = REQUEST.exec(location.hash);
  return found ? decodeURIComponent(found[1]) : null;
}

/** The address of a request. */
export const requestAddress = (id) => `#/requests/${encodeURIComponent(id)}`;

/** The filters of the overview's address; an empty text matches everything. */
export function wanted() {
  const query = new URLSearchParams(location.hash.split('?')[1] ?? '');
  return Object.fromEntries(PARAMETERS.map((name) => [name, query.get(name) ?? '']));
}

/** Whether any filter is set. */
export const isFiltered = (asked) => FILTERS.some((name) => asked[name] !== '');

/** The overview's address with some of it changed; every change but of the page begins at the newest. */
export function overviewAddress(changes, from = wanted()) {
  const next = { ...from, before: '', ...changes };
  const query = new URLSearchParams(
    PARAMETERS.filter((name) => next[name]).map((name) => [name, next[name]]),
  );
  return query.size > 0 ? `#/?${query}` : '#/';
}

/** Goes to the overview with some of its address changed, as a step that Back undoes. */
export function go(changes) {
  location.hash = overviewAddress(changes);
}

/** The same while the reader types, without a step for every letter. */
export function refine(changes) {
  history.replaceState(null, '', overviewAddress(changes));
  dispatchEvent(new Event('hashchange'));
}

/** Remembers the current address of the overview. */
export function rememberOverview() {
  overview = location.hash || '#/';
}

/** The remembered address of the overview. */
export const lastOverview = () => overview;
