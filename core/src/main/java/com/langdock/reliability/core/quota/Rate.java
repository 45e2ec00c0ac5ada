package com.langdock.reliability.core.quota;

/**
 * A limit that fills evenly.
 *
 * @param perMinute from 1 to {@link #MAX}
 * @param burst what a full one holds, at most {@link #MAX_MINUTES} times as much
 */
public record Rate(long perMinute, long burst) {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  /** The largest rate. */
  public static final long MAX = 1_000_000_000;

  /** The longest that filling may take: a day. */
  public static final long MAX_MINUTES = 1_440;

  /** Checks that both lie within their limits. */
  public Rate {
    if (perMinute < 1 || perMinute > MAX || burst < 1 || burst > perMinute * MAX_MINUTES) {
      throw new IllegalArgumentException("no rate: " + perMinute + " a minute, burst " + burst);
    }
  }

  /** Nanoseconds that filling takes for one, rounded up. */
  public long nanosForOne() {
    return (MINUTE_NANOS + perMinute - 1) / perMinute;
  }

  /** A rate that holds a minute's amount. */
  public static Rate perMinute(long amount) {
    return new Rate(amount, amount);
  }
}
