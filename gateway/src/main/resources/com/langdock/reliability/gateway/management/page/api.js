// Calls the management API.

import { askForToken, forgetToken, token } from './token.js';

const LONGEST_WAIT_MS = 8000;
// A change may wait for other gateways, or for another configuration to be in use.
const LONGEST_CHANGE_MS = 30000;

/** An error response of the API, or (code "unreachable") none. */
export class ApiError extends Error {
  constructor(status, code, message, problems = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }
}

/** Reads JSON. */
export const read = (path) => call(path, {});

/** Sends JSON and reads the response. */
export const put = (path, body) => send('PUT', path, body);

/** Sends JSON, or nothing, by any method; `version` is what the object must still have. */
export const send = (method, path, body = null, version = null) =>
  call(path, {
    method,
    headers: {
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(version !== null && { 'if-match': `"${version}"` }),
    },
    ...(body !== null && { body: JSON.stringify(body) }),
  });

/** Sends a text in YAML. */
export const sendYaml = (method, path, text, version = null) =>
  call(path, {
    method,
    headers: {
      'content-type': 'application/yaml',
      ...(version !== null && { 'if-match': `"${version}"` }),
    },
    body: text,
  });

/** Requests a path with the token; prompts for one when it is missing or wrong. */
export async function request(path, options) {
  for (;;) {
    const sent = token();
    const headers = { ...options.headers, ...(sent && { authorization: `Bearer ${sent}` }) };
    const answer = await fetch(path, { ...options, headers, signal: options.signal?.() });
    if (answer.status !== 401) return answer;
    if (sent && sent === token()) forgetToken();
    if (!(await askForToken(Boolean(sent)))) return answer;
  }
}

async function call(path, options) {
  let answer;
  let body;
  try {
    const longest = options.method ? LONGEST_CHANGE_MS : LONGEST_WAIT_MS;
    const signal = () => AbortSignal.timeout(longest);
    answer = await request(path, { ...options, signal });
    body = await answer.json();
  } catch {
    throw new ApiError(answer?.status ?? 0, 'unreachable', 'The management API does not answer.');
  }
  if (!answer.ok) {
    const error = body.error ?? {};
    const message = error.message ?? `It answered ${answer.status}.`;
    throw new ApiError(answer.status, error.code, message, body.problems);
  }
  return body;
}
