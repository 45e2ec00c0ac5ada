package com.langdock.reliability.gateway.telemetry;

import io.prometheus.metrics.model.snapshots.Labels;
import org.jspecify.annotations.Nullable;

/**
 * The labels of an exemplar: a request as an example of a bucket.
 *
 * @param traceId of the trace that it belongs to, null when there is none
 */
public record RequestExemplar(String requestId, @Nullable String traceId) {
  Labels labels() {
    return traceId == null
        ? Labels.of("request_id", requestId)
        : Labels.of("request_id", requestId, "trace_id", traceId);
  }
}
