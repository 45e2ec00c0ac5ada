package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.TokenReport;
import java.util.OptionalLong;

/**
 * Writes usage; thinking counts beside the tokens of the candidates, cached tokens in the prompt.
 */
final class UsageJson {
  private UsageJson() {}

  /** The usage summed over several attempts. */
  static String of(Usage usage) {
    return of(usage, OptionalLong.empty());
  }

  /** One provider's report. */
  static String of(TokenReport report) {
    return of(report.usage(), report.thinkingTokens());
  }

  private static String of(Usage usage, OptionalLong thinking) {
    long thoughts = Math.min(thinking.orElse(0), usage.outputTokens());
    return "{\"promptTokenCount\":"
        + usage.inputTokens()
        + field("cachedContentTokenCount", usage.cachedInputTokens())
        + ",\"candidatesTokenCount\":"
        + (usage.outputTokens() - thoughts)
        + field("thoughtsTokenCount", thoughts)
        + ",\"totalTokenCount\":"
        + usage.totalTokens()
        + "}";
  }

  private static String field(String name, long tokens) {
    return tokens == 0 ? "" : ",\"" + name + "\":" + tokens;
  }
}
