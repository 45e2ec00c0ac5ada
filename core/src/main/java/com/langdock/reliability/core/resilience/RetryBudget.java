package com.langdock.reliability.core.resilience;

/**
 * Bounds what retries add to the load on the providers: a token bucket that requests and time fill,
 * and from which every attempt after a request's first takes one. It is what keeps a provider's bad
 * minute from becoming everybody's bad hour.
 *
 * <p>Thread-safe. The idea is Finagle's {@code RetryBudget}.
 */
public final class RetryBudget {
  /** A full bucket holds what time adds in this many seconds. */
  private static final double BURST_SECONDS = 10;

  private static final double LEAST_BURST = 10;
  private static final double NANOS = 1e9;

  private final double ratio;
  private final double minPerSecond;
  private final double capacity;
  private double tokens;
  private long filledAt;
  private boolean begun;

  /**
   * A full budget.
   *
   * @param ratio tokens that a request adds
   * @param minPerSecond tokens that a second adds
   */
  public RetryBudget(double ratio, double minPerSecond) {
    this.ratio = ratio;
    this.minPerSecond = minPerSecond;
    boolean none = ratio == 0 && minPerSecond == 0;
    this.capacity = none ? 0 : Math.max(BURST_SECONDS * minPerSecond, LEAST_BURST);
    this.tokens = capacity;
  }

  /** A request began. */
  public synchronized void requestStarted(long now) {
    fill(now);
    tokens = Math.min(capacity, tokens + ratio);
  }

  /** Takes a token; false, and nothing taken, when there is none. */
  public synchronized boolean tryWithdraw(long now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Tokens there are. */
  public synchronized double balance(long now) {
    fill(now);
    return tokens;
  }

  private void fill(long now) {
    if (!begun) {
      begun = true;
      filledAt = now;
    }
    // Another event loop may have filled with a later moment: that time must not count twice.
    long passed = Math.max(0, now - filledAt);
    tokens = Math.min(capacity, tokens + passed / NANOS * minPerSecond);
    filledAt += passed;
  }
}
