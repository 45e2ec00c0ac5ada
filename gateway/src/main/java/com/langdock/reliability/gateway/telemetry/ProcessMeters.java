package com.langdock.reliability.gateway.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The metrics of this process, by Prometheus' own library and under its names, so that dashboards
 * made for any process work: {@code process_resident_memory_bytes}, {@code jvm_memory_used_bytes}.
 * They are read at each scrape and need no thread.
 */
public final class ProcessMeters {
  private ProcessMeters() {}

  /** Registers the metrics of this process and the version of the gateway. */
  public static void register(PrometheusMeterRegistry metrics, String version) {
    PrometheusRegistry registry = metrics.getPrometheusRegistry();
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    Gauge.builder("gateway.build.info", () -> 1)
        .description("Always 1; the labels say which version runs on which Java.")
        .tag("version", version)
        .tag("java_version", Runtime.version().toString())
        .register(metrics);
  }
}
