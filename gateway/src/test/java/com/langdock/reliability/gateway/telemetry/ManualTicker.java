package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that is turned by hand; it starts at 2026-11-23T09:00:00Z. */
public final class ManualTicker implements Ticker {
  private static final long START_MILLIS = Instant.parse("2026-11-23T09:00:00Z").toEpochMilli();

  private final AtomicLong nanos = new AtomicLong();

  /** Turns it on. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long unixMillis() {
    return START_MILLIS + nanos.get() / 1_000_000;
  }
}
