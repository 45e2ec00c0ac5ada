package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many keys there are, and how old what is known of them is. No series is of one key. */
public final class KeyMeters {
  /** Counting 100,000 keys takes a millisecond; it is done so often at most. */
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final KeyDirectory keys;
  private final Ticker ticker;
  private Map<KeyState, Integer> stored = Map.of();
  private long countedAt;

  private KeyMeters(KeyDirectory keys, Ticker ticker) {
    this.keys = keys;
    this.ticker = ticker;
    this.countedAt = ticker.nanos() - FRESH_NANOS;
  }

  /** Shows {@code keys} in {@code registry} from now on. */
  public static void register(MeterRegistry registry, KeyDirectory keys, Ticker ticker) {
    KeyMeters meters = new KeyMeters(keys, ticker);
    for (KeyState state : KeyState.values()) {
      gauge("store", state, registry, meters);
    }
    gauge("file", KeyState.ACTIVE, registry, meters);
    gauge("file", KeyState.EXPIRED, registry, meters);
    Gauge.builder("gateway.keys.stale.seconds", keys, KeyDirectory::staleSeconds)
        .description("How long ago the keys of the store were read, 0 where none are stored.")
        .strongReference(true)
        .register(registry);
  }

  private static void gauge(
      String source, KeyState state, MeterRegistry registry, KeyMeters meters) {
    Gauge.builder(
            "gateway.keys",
            meters,
            shown -> source.equals("file") ? shown.ofFile(state) : shown.stored(state))
        .description("Client keys, by where they are and whether they work.")
        .tag("source", source)
        .tag("state", Labels.of(state))
        .strongReference(true)
        .register(registry);
  }

  private synchronized int stored(KeyState state) {
    if (ticker.nanos() - countedAt >= FRESH_NANOS) {
      long now = ticker.unixMillis();
      Map<KeyState, Integer> counts = new EnumMap<>(KeyState.class);
      keys.keys().forEach(key -> counts.merge(key.state(now), 1, Integer::sum));
      stored = counts;
      countedAt = ticker.nanos();
    }
    return stored.getOrDefault(state, 0);
  }

  private long ofFile(KeyState state) {
    long now = ticker.unixMillis();
    return keys.file().keys().stream().filter(key -> state(key, now) == state).count();
  }

  /** Whether a key of the configuration works at {@code unixMillis}. */
  public static KeyState state(KeyConfig key, long unixMillis) {
    Instant expires = key.secret().expires();
    return expires != null && unixMillis >= expires.toEpochMilli()
        ? KeyState.EXPIRED
        : KeyState.ACTIVE;
  }
}
