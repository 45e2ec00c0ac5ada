package com.langdock.reliability.gateway.management;

/** Counts frequent events, for one log line in an interval. Thread-safe. */
final class RateLimitedCount {
  private final long everyNanos;
  private long count;
  private long lastAt;
  private boolean any;

  RateLimitedCount(long everyNanos) {
    this.everyNanos = everyNanos;
  }

  /** Counts an event; returns the events since the last line if one is due, otherwise 0. */
  synchronized long count(long now) {
    count++;
    if (any && now - lastAt < everyNanos) {
      return 0;
    }
    long counted = count;
    any = true;
    lastAt = now;
    count = 0;
    return counted;
  }
}
