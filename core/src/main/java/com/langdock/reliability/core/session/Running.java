package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.resilience.breaker.Permit;

/** The attempt that a session waits for, and how it was made. */
record Running(
    Attempt attempt, Candidate candidate, Permit permit, boolean fresh, Continuation continuation) {

  /** Made once more; what is known of the target's ways may have changed since. */
  Running onFreshConnection(Continuation now) {
    return new Running(attempt, candidate, permit, true, now);
  }

  Running byInstruction() {
    return new Running(attempt, candidate, permit, fresh, Continuation.INSTRUCTION);
  }
}
