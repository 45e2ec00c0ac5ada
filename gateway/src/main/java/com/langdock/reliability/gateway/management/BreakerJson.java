package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.BreakerSnapshot;
import com.langdock.reliability.core.resilience.BreakerState;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/** Writes the fields of a breaker into an object that was started. */
final class BreakerJson {
  private BreakerJson() {}

  /** Its state, why and since when, its next probe, and what it has counted. */
  static void write(BreakerSnapshot breaker, Ticker ticker, JsonGenerator json) {
    json.writeStringProperty("name", breaker.breaker());
    json.writeStringProperty("state", Labels.of(breaker.state()));
    json.writeStringProperty("why", breaker.why());
    json.writeStringProperty("since", since(breaker, ticker));
    if (breaker.state() == BreakerState.CLOSED) {
      json.writeNullProperty("next_probe_in_ms");
    } else {
      json.writeNumberProperty("next_probe_in_ms", millis(breaker.waitNanos()));
    }
    json.writeNumberProperty("consecutive_failures", breaker.consecutiveFailures());
    json.writeNumberProperty("window_calls", breaker.windowCalls());
    json.writeNumberProperty("window_failures", breaker.windowFailures());
  }

  private static String since(BreakerSnapshot breaker, Ticker ticker) {
    long ago = millis(ticker.nanos() - breaker.sinceNanos());
    return Instant.ofEpochMilli(ticker.unixMillis() - ago).toString();
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
