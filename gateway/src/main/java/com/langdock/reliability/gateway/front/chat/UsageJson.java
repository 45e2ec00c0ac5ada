package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.TokenReport;

/** Writes usage as the chat format's {@code usage} object. */
final class UsageJson {
  private UsageJson() {}

  /** The usage summed over several attempts. */
  static String of(Usage usage) {
    return counts(usage) + "}}";
  }

  /** One provider's report: its own JSON if that is in this format. */
  static String of(TokenReport report) {
    if (report.raw() != null) {
      return report.raw();
    }
    Usage usage = report.usage();
    String thinking =
        report.thinkingTokens().isEmpty()
            ? ""
            : ",\"completion_tokens_details\":{\"reasoning_tokens\":"
                + report.thinkingTokens().getAsLong()
                + "}";
    return counts(usage)
        + ",\"cache_write_tokens\":"
        + (usage.details().cacheWriteTokens() + usage.details().longCacheWriteTokens())
        + "}"
        + thinking
        + "}";
  }

  private static String counts(Usage usage) {
    return "{\"prompt_tokens\":"
        + usage.inputTokens()
        + ",\"completion_tokens\":"
        + usage.outputTokens()
        + ",\"total_tokens\":"
        + usage.totalTokens()
        + ",\"prompt_tokens_details\":{\"cached_tokens\":"
        + usage.cachedInputTokens();
  }
}
