package com.langdock.reliability.core.resilience;

/**
 * Limits the load that repeated attempts add to one provider. It is a token bucket: requests that
 * reach the provider and time fill it, and every repeat takes one token.
 *
 * <p>A request's first attempt at a target is free, so that any number of requests may leave a
 * failed provider at once. The bucket holds what both sources add in ten seconds, so its capacity
 * grows with the traffic. It starts full, and capacity that is added for the first time is full
 * too. The idea is Finagle's {@code RetryBudget}. Thread-safe.
 */
public final class RetryBudget {
  /** The bucket holds what both sources add in this many seconds. */
  private static final int SECONDS = 10;

  private static final double LEAST_CAPACITY = 10;
  private static final long SECOND = 1_000_000_000L;

  private double ratio;
  private double minPerSecond;

  /** Requests of the last seconds, by second. */
  private final int[] requests = new int[SECONDS];

  private int lastRequests;
  private double largestCapacity;
  private int current;
  private long currentBegan;
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
    this.tokens = capacity();
    this.largestCapacity = tokens;
  }

  /** Follows other rules from now on; the level stays, as far as the new capacity holds it. */
  public synchronized void follow(double ratio, double minPerSecond, long now) {
    fill(now);
    this.ratio = ratio;
    this.minPerSecond = minPerSecond;
    tokens = Math.min(capacity(), tokens);
  }

  /** Records a request's first call to the provider. */
  public synchronized void deposit(long now) {
    fill(now);
    requests[current]++;
    lastRequests++;
    double capacity = capacity();
    double growth = Math.max(0, capacity - largestCapacity);
    largestCapacity += growth;
    tokens = Math.min(capacity, tokens + growth + ratio);
  }

  /** Takes a token; false when there is none. */
  public synchronized boolean tryWithdraw(long now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Returns the token of an attempt that did not begin. */
  public synchronized void refund(long now) {
    fill(now);
    tokens = Math.min(capacity(), tokens + 1);
  }

  /** The tokens in the bucket. */
  public synchronized double balance(long now) {
    fill(now);
    return tokens;
  }

  private double capacity() {
    boolean none = ratio == 0 && minPerSecond == 0;
    double saved = SECONDS * minPerSecond + ratio * lastRequests;
    return none ? 0 : Math.max(LEAST_CAPACITY, saved);
  }

  private void fill(long now) {
    if (!begun) {
      begun = true;
      filledAt = now;
      currentBegan = now;
    }
    // Another event loop may have filled at a later time, which must not count twice.
    long passed = Math.max(0, now - filledAt);
    filledAt += passed;
    forgetOldRequests();
    tokens = Math.min(capacity(), tokens + (double) passed / SECOND * minPerSecond);
  }

  private void forgetOldRequests() {
    long steps = (filledAt - currentBegan) / SECOND;
    for (long step = 0; step < Math.min(steps, SECONDS); step++) {
      current = (current + 1) % SECONDS;
      lastRequests -= requests[current];
      requests[current] = 0;
    }
    currentBegan += steps * SECOND;
  }
}
