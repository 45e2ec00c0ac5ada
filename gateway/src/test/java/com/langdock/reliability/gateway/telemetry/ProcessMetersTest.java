package com.langdock.reliability.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

final class ProcessMetersTest {
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Names that alerts, recording rules and the Grafana dashboard use. */
  @Test
  void haveTheNamesOfPrometheusOwnLibraries() {
    ProcessMeters.register(metrics, "1.2.3");

    assertThat(metrics.scrape())
        .contains("\njvm_memory_used_bytes{area=\"heap\"} ")
        .contains("\njvm_memory_committed_bytes{area=\"nonheap\"} ")
        .contains("\njvm_memory_max_bytes{area=\"heap\"} ")
        .contains("\njvm_gc_collection_seconds_sum{")
        .contains("\njvm_buffer_pool_used_bytes{pool=\"direct\"} ")
        .contains("\njvm_threads_current ")
        .contains("\nprocess_cpu_seconds_total ")
        .contains("\nprocess_start_time_seconds ")
        .contains("\nprocess_open_fds ")
        .contains("\nprocess_max_fds ")
        .contains("\nprocess_resident_memory_bytes ");
  }

  @Test
  void nameTheVersionThatRuns() {
    ProcessMeters.register(metrics, "1.2.3");

    assertThat(metrics.scrape())
        .containsPattern("\ngateway_build_info\\{java_version=\"25[^\"]*\",version=\"1.2.3\"} 1");
  }
}
