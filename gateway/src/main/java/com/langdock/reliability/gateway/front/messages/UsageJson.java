package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.TokenReport;

/** Writes usage; the input tokens are those that were neither read from a cache nor written. */
final class UsageJson {
  private UsageJson() {}

  /** Usage at the start of a stream, of which only the prompt's length is known. */
  static String estimated(long inputTokens) {
    return of(new Usage(Math.max(1, inputTokens), 0, 0));
  }

  /** The usage summed over several attempts. */
  static String of(Usage usage) {
    return counts(usage) + "}";
  }

  /** One provider's report. */
  static String of(TokenReport report) {
    String thinking =
        report.thinkingTokens().isEmpty()
            ? ""
            : ",\"output_tokens_details\":{\"thinking_tokens\":"
                + report.thinkingTokens().getAsLong()
                + "}";
    return counts(report.usage()) + thinking + "}";
  }

  private static String counts(Usage usage) {
    long written = usage.details().cacheWriteTokens() + usage.details().longCacheWriteTokens();
    long input = Math.max(0, usage.inputTokens() - usage.cachedInputTokens() - written);
    return "{\"input_tokens\":"
        + input
        + ",\"cache_creation_input_tokens\":"
        + written
        + ",\"cache_read_input_tokens\":"
        + usage.cachedInputTokens()
        + ",\"output_tokens\":"
        + usage.outputTokens();
  }
}
