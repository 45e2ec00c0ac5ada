package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.resilience.BreakerListener;
import com.langdock.reliability.core.resilience.BreakerState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs and counts the changes of circuit breakers. */
final class BreakerLog implements BreakerListener {
  private static final Logger LOG = LoggerFactory.getLogger("com.langdock.reliability.breaker");

  private final MeterRegistry registry;

  BreakerLog(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void changed(BreakerChange change) {
    String from = Labels.of(change.from());
    String to = Labels.of(change.to());
    Counter.builder("gateway.breaker.transitions")
        .description("Changes of a circuit breaker's state.")
        .tags("breaker", change.breaker(), "from", from, "to", to)
        .register(registry)
        .increment();
    LOG.atLevel(level(change.to()))
        .addKeyValue("event", event(change.to()))
        .addKeyValue("provider", provider(change.breaker()))
        .addKeyValue("model", model(change.breaker()))
        .addKeyValue("state", to)
        .log("{}: {}", change.breaker(), change.why());
  }

  private static String provider(String breaker) {
    int slash = breaker.indexOf('/');
    return slash < 0 ? breaker : breaker.substring(0, slash);
  }

  /** The model of a target's breaker, null for a provider's; a provider's name has no slash. */
  private static @Nullable String model(String breaker) {
    int slash = breaker.indexOf('/');
    return slash < 0 ? null : breaker.substring(slash + 1);
  }

  private static Level level(BreakerState state) {
    return switch (state) {
      case OPEN -> Level.WARN;
      case HALF_OPEN, CLOSED -> Level.INFO;
    };
  }

  private static String event(BreakerState state) {
    return switch (state) {
      case OPEN -> "circuit_opened";
      case HALF_OPEN -> "circuit_half_open";
      case CLOSED -> "circuit_closed";
    };
  }
}
