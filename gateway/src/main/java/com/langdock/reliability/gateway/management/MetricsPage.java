package com.langdock.reliability.gateway.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /metrics}: the Prometheus text format 0.0.4, or OpenMetrics 1.0.0 for those who accept
 * it. The text can be large, so a worker thread makes it.
 */
final class MetricsPage {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_1_0_0 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String TEXT_0_0_4 = "text/plain; version=0.0.4; charset=utf-8";

  private final Workers workers;
  private final PrometheusMeterRegistry metrics;

  MetricsPage(Workers workers, PrometheusMeterRegistry metrics) {
    this.workers = workers;
    this.metrics = metrics;
  }

  void show(HttpServerRequest request) {
    String type = contentType(request.getHeader(HttpHeaders.ACCEPT));
    workers
        .submit(() -> Buffer.buffer(metrics.scrape(type)))
        .onSuccess(text -> Responses.ok(request, type, text))
        .onFailure(bug -> {
          LOG.error("the metrics could not be written", bug);
          Responses.error(request, 500, "internal_error", "The metrics could not be written.");
        });
  }

  private static String contentType(@Nullable String accept) {
    boolean openMetrics = accept != null && accept.toLowerCase(Locale.ROOT).contains(OPEN_METRICS);
    return openMetrics ? OPEN_METRICS_1_0_0 : TEXT_0_0_4;
  }
}
