package com.langdock.reliability.core.resilience;

/**
 * When a circuit breaker opens and closes.
 *
 * @param threshold failures in a row that open it while the window has fewer than {@code
 *     minimumCalls}
 * @param failureRate the share of failures in the window that opens it, above 0 and at most 1
 * @param windowNanos length of the window
 * @param minimumCalls calls in the window before the share counts
 * @param maxOpenNanos the longest time open before it goes half-open
 * @param halfOpenProbes calls let in at once while half-open; as many successes close it
 */
public record BreakerRules(
    int threshold,
    double failureRate,
    long windowNanos,
    int minimumCalls,
    long maxOpenNanos,
    int halfOpenProbes) {

  private static final long FIRST_OPEN_NANOS = 5_000_000_000L;

  /** Refuses what no breaker can follow with an {@link IllegalArgumentException}. */
  public BreakerRules {
    requirePositive("threshold", threshold);
    requirePositive("windowNanos", windowNanos);
    requirePositive("minimumCalls", minimumCalls);
    requirePositive("maxOpenNanos", maxOpenNanos);
    requirePositive("halfOpenProbes", halfOpenProbes);
    if (!(failureRate > 0 && failureRate <= 1)) {
      throw new IllegalArgumentException("failureRate must be above 0 and at most 1");
    }
  }

  /** How long it is open first: five seconds, or {@code maxOpenNanos} where that is shorter. */
  public long firstOpenNanos() {
    return Math.min(FIRST_OPEN_NANOS, maxOpenNanos);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1");
    }
  }
}
