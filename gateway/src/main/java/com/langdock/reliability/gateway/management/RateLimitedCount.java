package com.langdock.reliability.gateway.management;

/** Counts what happens often, for a log line once in a while. Thread-safe. */
final class RateLimitedCount {
  private final long everyNanos;
  private long count;
  private long lastAt;
  private boolean any;

  RateLimitedCount(long everyNanos) {
    this.everyNanos = everyNanos;
  }

  /** Counts one more; returns how many there were since it last returned more than 0. */
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
