// What the token in this tab may do, so that nothing is offered that would be refused.

import { read } from './api.js';
import { token } from './token.js';

let known = null;
let knownOf = null;

/** The answer of the API; asked again after another token was given. */
export function access() {
  if (known === null || (knownOf !== null && knownOf !== token())) {
    knownOf = null;
    known = ask();
  }
  return known;
}

async function ask() {
  try {
    const answer = await read('/api/token');
    knownOf = token();
    return answer;
  } catch (problem) {
    known = null;
    throw problem;
  }
}
