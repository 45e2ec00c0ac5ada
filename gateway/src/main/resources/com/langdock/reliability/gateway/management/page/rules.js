// Keys and teams as fields of a form, and back. No elements here.

// How an empty list is written: without rights, while an empty field stands for all.
const NOTHING = '(none)';
const LENGTH = /^\d+\s*(ms|s|m|h|d)$/;

const limits = (before, title) => [
  field([...before, 'limits', 'requests_per_minute', 'per_minute'], 'Requests a minute', 'number', title),
  field([...before, 'limits', 'requests_per_minute', 'burst'], 'Requests, burst', 'number', title),
  field([...before, 'limits', 'tokens_per_minute', 'per_minute'], 'Tokens a minute', 'number', title),
  field([...before, 'limits', 'tokens_per_minute', 'burst'], 'Tokens, burst', 'number', title),
  field([...before, 'limits', 'concurrent'], 'Requests at once', 'number', title),
  ...['day', 'month', 'total'].flatMap((period) => [
    field([...before, 'budget', period], `Dollars, ${period}`, 'number', title),
    field([...before, 'quota', period, 'requests'], `Requests, ${period}`, 'number', title),
    field([...before, 'quota', period, 'tokens'], `Tokens, ${period}`, 'number', title),
  ]),
];

const RIGHTS = [
  field(['models'], 'Models', 'list', 'Rights'),
  field(['providers'], 'Providers', 'list', 'Rights'),
  field(['endpoints'], 'Endpoints', 'list', 'Rights'),
];

const SHARED = [
  field(['alert_at'], 'Alert at, %', 'percent', 'Limits'),
  field(['shadow'], 'Shadow: count, refuse nothing', 'flag', 'Limits'),
];

const FIELDS = {
  key: [
    field(['name'], 'Name', 'text', 'Key'),
    field(['team'], 'Team', 'text', 'Key'),
    field(['owner'], 'Owner', 'text', 'Key'),
    field(['expires'], 'Expires', 'text', 'Key'),
    field(['priority'], 'Priority', 'priority', 'Key'),
    ...RIGHTS,
    ...limits([], 'Limits'),
    ...SHARED,
    field(['metadata'], 'Metadata, name=value a line', 'pairs', 'Metadata'),
  ],
  team: [
    field(['name'], 'Name', 'text', 'Team'),
    ...RIGHTS,
    ...limits([], 'Limits'),
    ...SHARED,
    ...limits(['default_key'], 'Limits of each key that has none'),
  ],
};

function field(path, title, kind, group) {
  return { path, title, kind, group, id: `field-${path.join('-')}` };
}

/** The fields of a key or team; a name cannot be changed in a team. */
export const fieldsOf = (kind, isNew) =>
  FIELDS[kind].filter(({ path }) => isNew || kind === 'key' || path[0] !== 'name');

/** What a field shows of an object of the API, as a text. */
export function shown(object, { path, kind }) {
  const value = path[0] === 'expires' ? object.expires_at : at(spread(object), path);
  if (value === null || value === undefined) return '';
  if (kind === 'list') return value.length === 0 ? NOTHING : value.join(', ');
  if (kind === 'percent') return value.map((part) => Number((part * 100).toPrecision(9))).join(', ');
  if (kind === 'pairs') return Object.entries(value).map((pair) => pair.join('=')).join('\n');
  if (kind === 'flag') return value ? 'true' : '';
  return String(value);
}

/** The change that turns `object` into what the texts of the fields say; null removes a field. */
export function changeOf(object, fields, texts) {
  const next = spread(object);
  const touched = new Set();
  for (const each of fields) {
    if (texts[each.id] === shown(object, each)) continue;
    touched.add(each.path[0]);
    put(next, each.path, parsed(texts[each.id], each.kind));
  }
  const change = {};
  for (const name of touched) change[name] = gathered(next[name]) ?? null;
  if (LENGTH.test(change.expires ?? '')) {
    change.expires_in = change.expires.replaceAll(' ', '');
    delete change.expires;
  }
  return change;
}

function parsed(text, kind) {
  const trimmed = text.trim();
  if (trimmed === '') return kind === 'flag' ? false : undefined;
  if (kind === 'number') return Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
  if (kind === 'list') return trimmed === NOTHING ? [] : parts(trimmed, ',');
  if (kind === 'percent') {
    return parts(trimmed, ',').map((part) => Number((Number(part) / 100).toPrecision(9)));
  }
  if (kind === 'pairs') return Object.fromEntries(parts(trimmed, '\n').map(pair));
  return kind === 'flag' ? true : trimmed;
}

const parts = (text, by) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function pair(line) {
  const end = line.indexOf('=');
  return end < 0 ? [line, ''] : [line.slice(0, end).trim(), line.slice(end + 1).trim()];
}

/** A copy in which every rate has its amount and burst. */
function spread(object) {
  const copy = structuredClone(object);
  for (const owner of [copy, copy.default_key]) {
    for (const name of ['requests_per_minute', 'tokens_per_minute']) {
      const rate = owner?.limits?.[name];
      if (typeof rate === 'number') owner.limits[name] = { per_minute: rate };
    }
  }
  return copy;
}

/** Without what is empty; lists may be. */
function gathered(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value)
    .map(([name, each]) => [name, gathered(each)])
    .filter(([, each]) => each !== undefined && each !== null);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function at(object, path) {
  return path.reduce((value, name) => value?.[name], object);
}

function put(object, path, value) {
  const last = path.at(-1);
  let owner = object;
  for (const name of path.slice(0, -1)) owner = owner[name] ??= {};
  if (value === undefined) delete owner[last];
  else owner[last] = value;
}
