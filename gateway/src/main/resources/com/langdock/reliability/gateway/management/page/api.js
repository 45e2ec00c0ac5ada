// Speaks to the management API.

const LONGEST_WAIT_MS = 8000;

/** The API said no, or (code "unreachable") nothing at all. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Reads JSON. */
export const read = (path) => call(path, {});

/** Sends JSON and reads what comes back. */
export const put = (path, body) =>
  call(path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function call(path, options) {
  let answer;
  let body;
  try {
    answer = await fetch(path, { ...options, signal: AbortSignal.timeout(LONGEST_WAIT_MS) });
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
