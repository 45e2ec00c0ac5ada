package com.langdock.reliability.core.resilience;

/**
 * The time until which a rate-limited target is not called. Thread-safe.
 *
 * <p>A pause that the provider asked for lasts as long as it said. One that the gateway assumed,
 * because the provider named no time, ends when an answer succeeds meanwhile.
 */
public final class Pause {
  private boolean paused;
  private long askedUntil;
  private long assumedUntil;

  /** Extends the requested pause to {@code moment}; never shortens it. */
  public synchronized void ask(long moment, long now) {
    begin(now);
    askedUntil = later(askedUntil, moment);
  }

  /** Extends the assumed pause to {@code moment}; never shortens it. */
  public synchronized void assume(long moment, long now) {
    begin(now);
    assumedUntil = later(assumedUntil, moment);
  }

  /** Ends an assumed pause after an answer succeeded. */
  public synchronized void succeeded(long now) {
    if (paused) {
      assumedUntil = now;
    }
  }

  /** Ends the pause on an operator's request. */
  public synchronized void lift() {
    paused = false;
  }

  /** Nanoseconds left at {@code now}, 0 when it is over. */
  public synchronized long waitNanos(long now) {
    long left = paused ? later(askedUntil, assumedUntil) - now : 0;
    paused = left > 0;
    return Math.max(0, left);
  }

  /** Nanoseconds left of the requested pause, 0 when it is over. */
  public synchronized long askedNanos(long now) {
    return paused ? Math.max(0, askedUntil - now) : 0;
  }

  private void begin(long now) {
    if (!paused) {
      paused = true;
      askedUntil = now;
      assumedUntil = now;
    }
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
