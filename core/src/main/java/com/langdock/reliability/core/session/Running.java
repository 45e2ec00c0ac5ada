package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.resilience.breaker.Permit;

/** The attempt that a session waits for, and how it was made. */
record Running(
    Attempt attempt, Candidate candidate, Permit permit, boolean fresh, Continuation continuation) {

  Running onFreshConnection() {
    return new Running(attempt, candidate, permit, true, continuation);
  }

  Running byInstruction() {
    return new Running(attempt, candidate, permit, fresh, Continuation.INSTRUCTION);
  }
}
