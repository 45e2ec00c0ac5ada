package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.gateway.limits.StoreListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts draws from stores of shared limits; logs when a store goes away and comes back. */
public final class StoreMeters implements StoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(StoreMeters.class);
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(2)
  };

  private final MeterRegistry registry;
  private final Map<String, AtomicInteger> away = new ConcurrentHashMap<>();

  /** Counts into {@code registry}. */
  public StoreMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows a store that is there, before it was asked. */
  public void register(String store) {
    AtomicInteger _ = state(store);
    draws(store, true).increment(0);
    draws(store, false).increment(0);
  }

  /** The same for a store that also counts the gateways. */
  public void register(String store, IntSupplier replicas) {
    register(store);
    Gauge.builder("gateway.replicas", replicas::getAsInt)
        .description("Gateways that are alive, as far as is known.")
        .strongReference(true)
        .register(registry);
  }

  private AtomicInteger state(String store) {
    return away.computeIfAbsent(
        store,
        name -> {
          AtomicInteger state = new AtomicInteger();
          Gauge.builder("gateway.limits.away", state, AtomicInteger::get)
              .description("1 while the store of shared limits does not answer in time.")
              .tag("store", name)
              .register(registry);
          return state;
        });
  }

  private Counter draws(String store, boolean answered) {
    return Counter.builder("gateway.draws")
        .description("Questions to the store of shared limits.")
        .tags("store", store, "result", answered ? "answered" : "failed")
        .register(registry);
  }

  @Override
  public void drawn(String store, boolean answered, long nanos) {
    draws(store, answered).increment();
    Timer.builder("gateway.draw")
        .description("How long the store of shared limits takes to answer.")
        .tag("store", store)
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void changed(String store, boolean isAway, @Nullable String reason) {
    state(store).set(isAway ? 1 : 0);
    if (isAway) {
      LOG.atError()
          .addKeyValue("event", "limits_away")
          .addKeyValue("store", store)
          .addKeyValue("error", reason)
          .log("shared limits cannot be drawn from {}; each process has its share", store);
    } else {
      LOG.atInfo()
          .addKeyValue("event", "limits_back")
          .addKeyValue("store", store)
          .log("shared limits are drawn from {} again", store);
    }
  }
}
