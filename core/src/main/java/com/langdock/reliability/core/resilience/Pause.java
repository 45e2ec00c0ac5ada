package com.langdock.reliability.core.resilience;

/**
 * Until when a target is left alone because it is rate limited; thread-safe.
 *
 * <p>A pause that the provider asked for lasts as long as it said. One that the gateway assumed,
 * because the provider named no time, ends when an answer succeeds meanwhile.
 */
public final class Pause {
  private boolean paused;
  private long askedUntil;
  private long assumedUntil;

  /** Extends the pause that the provider asked for to {@code moment}; never shortens it. */
  public synchronized void ask(long moment, long now) {
    begin(now);
    askedUntil = later(askedUntil, moment);
  }

  /** Extends the assumed pause to {@code moment}; never shortens it. */
  public synchronized void assume(long moment, long now) {
    begin(now);
    assumedUntil = later(assumedUntil, moment);
  }

  /** Ends an assumed pause: an answer has succeeded. */
  public synchronized void succeeded(long now) {
    if (paused) {
      assumedUntil = now;
    }
  }

  /** Ends the pause, because an operator says so. */
  public synchronized void lift() {
    paused = false;
  }

  /** Nanoseconds left at {@code now}, 0 when it is over. */
  public synchronized long waitNanos(long now) {
    long left = paused ? later(askedUntil, assumedUntil) - now : 0;
    paused = left > 0;
    return Math.max(0, left);
  }

  /** Nanoseconds left of what the provider asked for, 0 when it is over. */
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
