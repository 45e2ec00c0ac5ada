package com.langdock.reliability.gateway.telemetry;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Writes exemplars on buckets only: Prometheus 2.42 rejects a whole scrape when a count has one
 * ({@code metric name … does not support exemplars}).
 */
public final class ExemplarsOnBuckets implements PrometheusConfig {
  @Override
  public @Nullable String get(String key) {
    return null;
  }

  @Override
  public Properties prometheusProperties() {
    Properties properties = new Properties();
    properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
    return properties;
  }
}
