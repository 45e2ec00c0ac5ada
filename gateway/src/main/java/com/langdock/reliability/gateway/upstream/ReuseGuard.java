package com.langdock.reliability.gateway.upstream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the connections of one provider may be used again, for all event loops.
 *
 * <p>A provider that sends bytes that no request asked for could answer the next request on the
 * same connection with them, which may be another client's. After such bytes each of its
 * connections carries one request only, for {@value #SUSPENDED_SECONDS} seconds. Thread-safe.
 */
final class ReuseGuard {
  static final int SUSPENDED_SECONDS = 60;
  private static final long SUSPENDED_NANOS = TimeUnit.SECONDS.toNanos(SUSPENDED_SECONDS);
  private static final long NEVER = Long.MIN_VALUE;

  private final UpstreamObserver watcher;

  /** When such bytes last arrived. */
  private final AtomicLong seenAt = new AtomicLong(NEVER);

  ReuseGuard(UpstreamObserver watcher) {
    this.watcher = watcher;
  }

  /** Records that unsolicited bytes arrived at {@code now}. */
  void unsolicited(long now) {
    boolean first = !isSuspended(now);
    seenAt.set(now);
    watcher.unsolicited(first);
  }

  /** Whether no connection may be used again at {@code now}. */
  boolean isSuspended(long now) {
    long seen = seenAt.get();
    return seen != NEVER && now - seen < SUSPENDED_NANOS;
  }
}
