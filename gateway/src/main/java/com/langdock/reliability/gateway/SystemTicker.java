package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;

/** The machine's clocks: the one place that reads them. */
final class SystemTicker implements Ticker {
  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long unixMillis() {
    return System.currentTimeMillis();
  }
}
