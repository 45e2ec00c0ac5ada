package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.TokenReport;

/** Writes usage. Some clients fail on details that are not complete. */
final class UsageJson {
  private UsageJson() {}

  /** The usage summed over several attempts. */
  static String of(Usage usage) {
    return json(usage, 0);
  }

  /** One provider's report. */
  static String of(TokenReport report) {
    return json(report.usage(), report.thinkingTokens().orElse(0));
  }

  private static String json(Usage usage, long thinkingTokens) {
    long written = usage.details().cacheWriteTokens() + usage.details().longCacheWriteTokens();
    return "{\"input_tokens\":"
        + usage.inputTokens()
        + ",\"input_tokens_details\":{\"cached_tokens\":"
        + usage.cachedInputTokens()
        + ",\"cache_write_tokens\":"
        + written
        + "},\"output_tokens\":"
        + usage.outputTokens()
        + ",\"output_tokens_details\":{\"reasoning_tokens\":"
        + thinkingTokens
        + "},\"total_tokens\":"
        + usage.totalTokens()
        + "}";
  }
}
