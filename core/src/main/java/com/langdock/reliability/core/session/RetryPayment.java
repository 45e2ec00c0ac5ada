package com.langdock.reliability.core.session;

import org.jspecify.annotations.Nullable;

/**
 * Pays a session's repeated attempts from the retry budgets of their providers. The first attempt
 * at a target is free. A payment whose attempt does not begin is given back.
 */
final class RetryPayment {
  private @Nullable Candidate paidFor;
  private boolean runningIsPaid;

  /** Whether the next attempt at {@code candidate} is free, or could be paid now. */
  boolean isPossible(Candidate candidate, long now) {
    return !candidate.wasTried() || candidate.state.budget().balance(now) >= 1;
  }

  /** Pays the next attempt at {@code candidate}; false when its provider's budget is empty. */
  boolean pay(Candidate candidate, long now) {
    if (!candidate.wasTried()) {
      return true;
    }
    boolean paid = candidate.state.budget().tryWithdraw(now);
    paidFor = paid ? candidate : null;
    return paid;
  }

  /** The next attempt begins, paid or free. */
  void begun() {
    runningIsPaid = paidFor != null;
    paidFor = null;
  }

  /** The attempt that began was not sent to its provider after all. */
  void notCalled(Candidate candidate, long now) {
    if (runningIsPaid) {
      candidate.state.budget().giveBack(now);
      runningIsPaid = false;
    }
  }

  /** The attempt that was paid for does not begin. */
  void giveBack(long now) {
    if (paidFor != null) {
      paidFor.state.budget().giveBack(now);
      paidFor = null;
    }
  }
}
