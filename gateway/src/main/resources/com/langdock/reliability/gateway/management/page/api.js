// Calls the management API.

import { askForToken, forgetToken, token } from './token.js';

const LONGEST_WAIT_MS = 8000;

/** An error response of the API, or (code "unreachable") none. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Reads JSON. */
export const read = (path) => call(path, {});

/** Sends JSON and reads the response. */
export const put = (path, body) =>
  call(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
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
    const signal = () => AbortSignal.timeout(LONGEST_WAIT_MS);
    answer = await request(path, { ...options, signal });
    body = await answer.json();
  } catch {
    throw new ApiError(answer?.status ?? 0, 'unreachable', 'The management API does not answer.');
  }
  if (!answer.ok) {
    const error = body.error ?? {};
    throw new ApiError(answer.status, error.code, error.message ?? `It answered ${answer.status}.`);
  }
  return body;
}
