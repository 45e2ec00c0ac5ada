package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Usage;
import io.opentelemetry.api.trace.Span;

/** Says on a span what an attempt or a request used. */
final class SpanUsage {
  private SpanUsage() {}

  /** Says it, unless nothing is known. */
  static void set(Span span, Usage usage) {
    if (!usage.equals(Usage.NONE)) {
      span.setAttribute(SpanAttributes.INPUT_TOKENS, usage.inputTokens());
      span.setAttribute(SpanAttributes.CACHED_INPUT_TOKENS, usage.cachedInputTokens());
      span.setAttribute(SpanAttributes.OUTPUT_TOKENS, usage.outputTokens());
    }
  }
}
