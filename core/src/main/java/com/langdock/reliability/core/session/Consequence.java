package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import java.util.OptionalLong;

/**
 * The consequence of a failure: one line of the failure table.
 *
 * @param again whether the same target may be tried again
 * @param elsewhere whether another target may be tried
 * @param outcome the outcome that the circuit breaker records
 * @param about the breaker that records it
 * @param ifLast the client's error code when nothing else can be tried
 */
record Consequence(
    Again again, Elsewhere elsewhere, Outcome outcome, BreakerScope about, ErrorCode ifLast) {

  /** This consequence, recorded by the provider's breaker. */
  Consequence ofProvider() {
    return new Consequence(again, elsewhere, outcome, BreakerScope.PROVIDER, ifLast);
  }

  /** Whether the same target may be tried again. */
  enum Again {
    /** After a back-off, while the attempts left still give every untried target one. */
    YES,
    /** After exactly the wait that the provider asked for. */
    AFTER_ITS_WAIT,
    /**
     * At once, in another form: on a fresh connection, or without a field that the gateway added.
     * The attempt is not counted twice.
     */
    AT_ONCE,
    /** Only when no other target is left. */
    IF_ALONE,
    /** Never for this request. */
    NO
  }

  /** Whether another target may be tried. */
  enum Elsewhere {
    /** At once. */
    YES,
    /** Only one whose context window is larger, or unknown. */
    LARGER_WINDOW,
    /** No other target; the request ends. */
    NO
  }

  /** Whether the request ends, whatever attempts are left. */
  boolean isFinal() {
    return elsewhere == Elsewhere.NO;
  }

  /**
   * How long the target is not called.
   *
   * @param backoff nanoseconds
   * @param asked nanoseconds that the provider asked for, empty when it asked for none
   */
  long waitNanos(long backoff, OptionalLong asked) {
    return again == Again.AFTER_ITS_WAIT
        ? asked.orElse(backoff)
        : Math.max(backoff, asked.orElse(0));
  }
}
