package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Usage;

/** Writes usage in OpenAI's words. */
final class UsageJson {
  private UsageJson() {}

  static String of(Usage usage) {
    return "{\"prompt_tokens\":"
        + usage.inputTokens()
        + ",\"completion_tokens\":"
        + usage.outputTokens()
        + ",\"total_tokens\":"
        + usage.totalTokens()
        + ",\"prompt_tokens_details\":{\"cached_tokens\":"
        + usage.cachedInputTokens()
        + "}}";
  }
}
