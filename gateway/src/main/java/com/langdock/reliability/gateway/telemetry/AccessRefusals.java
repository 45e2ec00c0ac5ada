package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the requests that were refused for who asked, and logs one line a second and reason with
 * the number of those since the line before. Thread-safe.
 */
final class AccessRefusals {
  /** The codes of the errors that such requests get. */
  private static final List<String> REASONS =
      List.of(
          "missing_api_key",
          "invalid_api_key",
          "expired_api_key",
          "endpoint_not_allowed",
          "keys_unavailable",
          "model_not_allowed",
          "protected_mode",
          "forbidden_host",
          "forbidden_origin");

  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.request");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker;
  private final Map<String, Reason> reasons = new LinkedHashMap<>();

  /** Counts into {@code registry}, from zero. */
  AccessRefusals(MeterRegistry registry, Ticker ticker) {
    this.ticker = ticker;
    long longAgo = ticker.nanos() - SECOND;
    REASONS.forEach(reason -> reasons.put(reason, new Reason(counter(registry, reason), longAgo)));
  }

  private static Counter counter(MeterRegistry registry, String reason) {
    return Counter.builder("gateway.access.refused")
        .description("Requests that were refused for who asked, by the error's code.")
        .tag("reason", reason)
        .register(registry);
  }

  /** Counts a refusal, if its code is one of who asked; false if it is not. */
  boolean add(String code, @Nullable String requestId, @Nullable String clientAddress) {
    Reason reason = reasons.get(code);
    if (reason == null) {
      return false;
    }
    reason.counter.increment();
    long count = reason.countToLog(ticker.nanos());
    if (count > 0) {
      LOG.atWarn()
          .addKeyValue("event", "access_refused")
          .addKeyValue("reason", code)
          .addKeyValue("count", count)
          .addKeyValue("request_id", requestId)
          .addKeyValue("client_address", clientAddress)
          .log("access refused: {}", code);
    }
    return true;
  }

  private static final class Reason {
    private final Counter counter;
    private long loggedAt;
    private long notLogged;

    Reason(Counter counter, long loggedAt) {
      this.counter = counter;
      this.loggedAt = loggedAt;
    }

    /** The refusals that a line tells of now, 0 when none may be written. */
    synchronized long countToLog(long now) {
      notLogged++;
      if (now - loggedAt < SECOND) {
        return 0;
      }
      loggedAt = now;
      long count = notLogged;
      notLogged = 0;
      return count;
    }
  }
}
