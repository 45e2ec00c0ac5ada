package com.langdock.reliability.gateway.reload;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Measures which configuration is in use, and whether a later one was rejected. */
final class ConfigMeters {
  private final MeterRegistry registry;
  private volatile boolean rejected;
  private @Nullable Gauge info;

  /** Measures into {@code registry}. */
  ConfigMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("gateway.config.rejected", this, meters -> meters.rejected ? 1 : 0)
        .description("1 from a configuration that was rejected until one is taken.")
        .strongReference(true)
        .register(registry);
  }

  /** Shows the state of {@code config}. */
  synchronized void show(ConfigReload config) {
    rejected = config.rejection() != null;
    String sha256 = config.current().sha256();
    if (info == null || !sha256.equals(info.getId().getTag("sha256"))) {
      if (info != null) {
        registry.remove(info);
      }
      info =
          Gauge.builder("gateway.config.info", () -> 1)
              .description("The configuration in use, by its SHA-256.")
              .tag("sha256", sha256)
              .strongReference(true)
              .register(registry);
    }
  }
}
