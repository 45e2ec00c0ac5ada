package com.langdock.reliability.gateway.telemetry.tracing;

import com.langdock.reliability.core.domain.Usage;
import io.opentelemetry.api.trace.Span;

/** Sets the token usage of an attempt or a request on a span. */
final class SpanUsage {
  private SpanUsage() {}

  /** Sets the attributes, unless the usage is unknown. */
  static void set(Span span, Usage usage) {
    if (!usage.equals(Usage.NONE)) {
      span.setAttribute(SpanAttributes.INPUT_TOKENS, usage.inputTokens());
      span.setAttribute(SpanAttributes.CACHED_INPUT_TOKENS, usage.cachedInputTokens());
      span.setAttribute(SpanAttributes.OUTPUT_TOKENS, usage.outputTokens());
    }
  }
}
