package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs the WebSockets of clients. Their requests are counted like any. Thread-safe. */
public final class WebSocketMeters {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketMeters.class);

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final AtomicLong open = new AtomicLong();

  WebSocketMeters(MeterRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
    Gauge.builder("gateway.websockets.open", open, AtomicLong::doubleValue)
        .description("WebSockets of clients that are open.")
        .register(registry);
  }

  /** A client's connection has become a WebSocket. */
  public void opened() {
    open.incrementAndGet();
  }

  /**
   * A WebSocket is closed.
   *
   * @param requestId of the request that opened it
   * @param reason such as {@code client} or {@code idle}
   * @param requests that it carried
   * @param openedNanos when it was opened
   */
  public void closed(String requestId, String reason, long requests, long openedNanos) {
    open.decrementAndGet();
    registry.counter("gateway.websockets.closed", "reason", reason).increment();
    LOG.atInfo()
        .addKeyValue("event", "websocket_closed")
        .addKeyValue("request_id", requestId)
        .addKeyValue("reason", reason)
        .addKeyValue("requests", requests)
        .addKeyValue("latency_ms", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - openedNanos))
        .log("WebSocket closed after {} requests: {}", requests, reason);
  }
}
