package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests that the gateway refuses, by reason, and logs those refused before
 * validation. A flood of them writes {@link #MAX_LINES} lines a second; the next line says how many
 * were left out. Thread-safe.
 */
final class Refusals {
  /** The most log lines in a second. */
  static final int MAX_LINES = 10;

  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.request");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MeterRegistry registry;
  private final Ticker ticker;
  private final AccessRefusals access;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  private long secondBegan;
  private int lines;
  private long leftOut;

  Refusals(MeterRegistry registry, Ticker ticker) {
    this.registry = registry;
    this.ticker = ticker;
    this.access = new AccessRefusals(registry, ticker);
    this.secondBegan = ticker.nanos();
  }

  /**
   * Counts a refusal after validation.
   *
   * @param reason an error code of ours, never a value from a client
   */
  void count(String reason, @Nullable String requestId) {
    counters.computeIfAbsent(reason, this::counter).increment();
    access.add(reason, requestId, null);
  }

  /** Counts and logs a refusal before validation. */
  void add(EarlyRefusal refusal) {
    counters.computeIfAbsent(refusal.code(), this::counter).increment();
    if (access.add(refusal.code(), refusal.requestId(), refusal.clientAddress())) {
      return;
    }
    long before = leftOutBefore();
    if (before >= 0) {
      LOG.atWarn()
          .addKeyValue("event", "request_refused")
          .addKeyValue("request_id", refusal.requestId())
          .addKeyValue("client_request_id", refusal.clientRequestId())
          .addKeyValue("status", refusal.status())
          .addKeyValue("code", refusal.code())
          .addKeyValue("client_address", refusal.clientAddress())
          .addKeyValue("left_out", before == 0 ? null : before)
          .log("refused: {}", refusal.code());
    }
  }

  /** How many lines were left out before one that may be written now; negative when none may. */
  private synchronized long leftOutBefore() {
    long now = ticker.nanos();
    if (now - secondBegan >= SECOND) {
      secondBegan = now;
      lines = 0;
    }
    if (lines >= MAX_LINES) {
      leftOut++;
      return -1;
    }
    lines++;
    long before = leftOut;
    leftOut = 0;
    return before;
  }

  private Counter counter(String reason) {
    return Counter.builder("gateway.requests.refused")
        .description("Requests that the gateway itself refused, by the error's code.")
        .tag("reason", reason)
        .register(registry);
  }
}
