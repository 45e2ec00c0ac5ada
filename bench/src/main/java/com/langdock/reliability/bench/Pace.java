package com.langdock.reliability.bench;

import java.util.concurrent.TimeUnit;

/**
 * When requests are due at a fixed rate, one after the other, whether or not they could be sent.
 */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long begun;
  private final int perSecond;
  private long taken;

  /** The first request is due at {@code begun}, in nanoseconds of {@link System#nanoTime}. */
  Pace(long begun, int perSecond) {
    this.begun = begun;
    this.perSecond = perSecond;
  }

  /** Whether a request that has not been taken yet is due. */
  boolean isDue(long now) {
    return now - next() >= 0;
  }

  /** Takes the next request, and returns the moment at which it is due. */
  long take() {
    long due = next();
    taken++;
    return due;
  }

  /** Counted from the beginning each time: a rounded interval would drift. */
  private long next() {
    return begun + taken * SECOND / perSecond;
  }
}
