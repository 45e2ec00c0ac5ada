package com.langdock.reliability.core.session;

import org.jspecify.annotations.Nullable;

/**
 * Pays a session's repeated attempts from the retry budgets of their providers. The first attempt
 * at a target is free. A payment whose attempt does not begin is refunded.
 */
final class RetryPayment {
  private @Nullable Candidate paidFor;

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

  /** Records that the next attempt began; true when it was paid for, false when it is free. */
  boolean begun() {
    boolean paid = paidFor != null;
    paidFor = null;
    return paid;
  }

  /** Refunds the attempt that was paid for and does not begin. */
  void refund(long now) {
    if (paidFor != null) {
      paidFor.state.budget().refund(now);
      paidFor = null;
    }
  }
}
