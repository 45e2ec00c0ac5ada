package com.langdock.reliability.gateway.telemetry.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import java.util.concurrent.TimeUnit;

/**
 * Converts the monotonic times of one request to the wall-clock times that spans need.
 *
 * @param acceptedAt monotonic nanoseconds
 * @param acceptedAtMillis the same moment in milliseconds since 1970
 */
record SpanTimeline(long acceptedAt, long acceptedAtMillis) {
  Span start(SpanBuilder span, long now) {
    return span.setStartTimestamp(epochNanos(now), TimeUnit.NANOSECONDS).startSpan();
  }

  void event(Span span, String name, Attributes attributes, long now) {
    span.addEvent(name, attributes, epochNanos(now), TimeUnit.NANOSECONDS);
  }

  void end(Span span, long now) {
    span.end(epochNanos(now), TimeUnit.NANOSECONDS);
  }

  private long epochNanos(long now) {
    return TimeUnit.MILLISECONDS.toNanos(acceptedAtMillis) + (now - acceptedAt);
  }
}
