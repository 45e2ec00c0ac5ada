package com.langdock.reliability.core.resilience;

import java.util.random.RandomGenerator;

/**
 * Waits that double: before attempt n+1 on the same target {@code min(max, base * 2^(n-1) * (1 +
 * U(0, 0.5)))}, so that requests that failed together do not come back together.
 */
public record Backoff(long baseNanos, long maxNanos) {
  private static final double MAX_JITTER = 0.5;
  private static final int MAX_DOUBLINGS = 62;

  /** Nanoseconds to wait after the n-th failure, n at least 1. */
  public long waitNanos(int failures, RandomGenerator random) {
    double doubled = (double) baseNanos * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS));
    return (long) Math.min((double) maxNanos, doubled * (1 + MAX_JITTER * random.nextDouble()));
  }
}
