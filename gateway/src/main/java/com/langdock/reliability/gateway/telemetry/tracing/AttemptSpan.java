package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The span of one attempt: a call to a model, in the semantic conventions' terms. */
final class AttemptSpan {
  private static final double NANOS_OF_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  final Attempt attempt;
  private final Span span;
  private final SpanTimeline timeline;

  /** An attempt with a span that has started. */
  AttemptSpan(Attempt attempt, Span span, SpanTimeline timeline) {
    this.attempt = attempt;
    this.span = span;
    this.timeline = timeline;
  }

  /** Writes the headers that make the provider's work part of this span. */
  Map<String, String> headers() {
    return OtelTracing.contextOf(span).headers();
  }

  void firstContent(long now) {
    timeline.event(span, "first_content", Attributes.empty(), now);
    span.setAttribute(SpanAttributes.FIRST_CHUNK, (now - attempt.startedAt()) / NANOS_OF_A_SECOND);
  }

  void used(Usage usage) {
    SpanUsage.set(span, usage);
  }

  /** The attempt succeeded. */
  void succeeded(long now) {
    Target target = attempt.target();
    span.setAttribute(SpanAttributes.RESPONSE_MODEL, target.model());
    span.setAttribute(SpanAttributes.STATUS, 200L);
    timeline.end(span, now);
  }

  /** The attempt failed; a client that left is no error of the provider. */
  void failed(Failure failure, long now) {
    span.setAttribute(SpanAttributes.ERROR_TYPE, failure.word());
    failure.status().ifPresent(status -> span.setAttribute(SpanAttributes.STATUS, (long) status));
    if (!(failure instanceof Failure.ClientGone)) {
      span.setStatus(StatusCode.ERROR);
    }
    timeline.end(span, now);
  }
}
