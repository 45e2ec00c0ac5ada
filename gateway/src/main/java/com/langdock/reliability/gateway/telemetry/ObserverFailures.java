package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts exceptions of observers, and logs at most one in {@value #LOG_SECONDS} seconds, since a
 * broken observer may throw at every event. Thread-safe.
 */
final class ObserverFailures {
  private static final Logger LOG = LoggerFactory.getLogger(ObserverFailures.class);
  private static final int LOG_SECONDS = 10;

  private final Counter failures;
  private final Ticker ticker;
  private final AtomicLong nextLine;

  ObserverFailures(MeterRegistry registry, Ticker ticker) {
    this.failures =
        Counter.builder("gateway.observer.failures")
            .description("Exceptions of what logs, measures, traces or journals requests.")
            .register(registry);
    this.ticker = ticker;
    this.nextLine = new AtomicLong(ticker.nanos());
  }

  /** Counts an exception. */
  void add(Throwable thrown) {
    failures.increment();
    long now = ticker.nanos();
    long due = nextLine.get();
    if (now - due >= 0
        && nextLine.compareAndSet(due, now + TimeUnit.SECONDS.toNanos(LOG_SECONDS))) {
      LOG.atError()
          .addKeyValue("event", "observer_failed")
          .addKeyValue("count", (long) failures.count())
          .setCause(thrown)
          .log("an observer of requests failed; requests continue without it");
    }
  }
}
