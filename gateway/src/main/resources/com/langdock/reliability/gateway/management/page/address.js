// The state in the address: the view, the request, the filters. So Back and links work.

const REQUEST = /^#\/requests\/([^?]+)$/;
const OTHER = /^#\/(keys|teams|usage|config|new-key|new-team)(?:\/([^?]+))?(?:\?.*)?$/;

/** The filters in an address. */
export const FILTERS = ['provider', 'model', 'outcome', 'error', 'client_id', 'id'];

const PARAMETERS = [...FILTERS, 'before', 'by'];

let overview = '#/';
let keys = '#/keys';

/** The request that the address shows, null for the overview. */
export function shownRequest() {
  const found = REQUEST.exec(location.hash);
  return found ? decoded(found[1]) : null;
}

/** The view besides the overview and requests that the address shows: its name and an id, or null. */
export function otherView() {
  const found = OTHER.exec(location.hash);
  if (!found) return null;
  return { name: found[1], id: found[2] === undefined ? null : decoded(found[2]) };
}

/** A link that was cut may end within an encoded letter. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The parameters of the address, as they are. */
export const parameters = () => new URLSearchParams(location.hash.split('?')[1] ?? '');

/** An address with parameters; empty ones are left out. */
export function withParameters(path, values) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The address of a key. */
export const keyAddress = (id) => `#/keys/${encodeURIComponent(id)}`;

/** The address of a team. */
export const teamAddress = (name) => `#/teams/${encodeURIComponent(name)}`;

/** Remembers the current address of the list of keys. */
export function rememberKeys() {
  keys = location.hash;
}

/** The remembered address of the list of keys. */
export const lastKeys = () => keys;

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
