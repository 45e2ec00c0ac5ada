package com.langdock.reliability.core.quota;

import java.util.concurrent.TimeUnit;

/** How much was taken in the last two seconds. */
final class Pace {
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private long began;
  private long current;
  private long before;

  Pace(long now) {
    began = now;
  }

  /** Counts {@code amount}, which is negative when it comes back. */
  void add(long amount, long now) {
    advance(now);
    current = Math.max(0, current + amount);
  }

  /** The sum of the last two seconds: of the earlier window, the part that still counts. */
  long lastTwoSeconds(long now) {
    advance(now);
    long left = Math.clamp(WINDOW_NANOS - (now - began), 0, WINDOW_NANOS);
    return current + (long) (before * ((double) left / WINDOW_NANOS));
  }

  private void advance(long now) {
    long elapsed = now - began;
    if (elapsed >= WINDOW_NANOS) {
      before = elapsed < 2 * WINDOW_NANOS ? current : 0;
      current = 0;
      began += elapsed / WINDOW_NANOS * WINDOW_NANOS;
    }
  }
}
