package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.quota.Refusal;

/** What the limits say of a request. */
public sealed interface LimitDecision {
  /** A limit refuses it, for so long. */
  record Refused(LimitRefusal refusal) implements LimitDecision {}

  /** It has a budget, and no target that may answer has a price. */
  record Unpriced() implements LimitDecision {}

  /** It has a budget or quota, and what was used of it is not read yet. */
  record Unread() implements LimitDecision {}

  /** A limit that replicas share cannot be asked, and nothing is admitted without it. */
  record Unavailable() implements LimitDecision {}

  /**
   * More of a shared limit has to be drawn first; then it is to be decided again.
   *
   * @param ofRates whether it is of a rate or of slots
   * @param ofPeriods whether it is of a budget or quota
   */
  record Lacking(boolean ofRates, boolean ofPeriods) implements LimitDecision {}

  /** It may begin. */
  record Admitted(LimitedRequest request) implements LimitDecision {}

  /**
   * Why a limit refuses a request, and when to ask again.
   *
   * @param waitNanos {@link Long#MAX_VALUE} where no wait helps
   */
  record LimitRefusal(Refusal limit, long waitNanos) {
    /** Whether it makes sense to ask again at all. */
    public boolean hasWait() {
      return waitNanos != Long.MAX_VALUE;
    }
  }
}
