package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.core.domain.Ticker;
import java.time.Instant;

/** A clock that stands still. */
record FixedClock(Instant now) implements Ticker {
  @Override
  public long nanos() {
    return 0;
  }

  @Override
  public long unixMillis() {
    return now.toEpochMilli();
  }
}
