package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code usage} of OpenAI and of those that are nearly like it. */
final class OpenAiUsage {
  private OpenAiUsage() {}

  /** The usage that {@code usage} reports, {@link Usage#NONE} when there is none. */
  static Usage of(@Nullable JsonValue usage) {
    long prompt = Fields.count(usage, "prompt_tokens");
    return new Usage(prompt, Math.min(cached(usage), prompt), completion(usage));
  }

  /**
   * Output tokens. xAI leaves reasoning out of {@code completion_tokens} and has it in the total
   * only, so what the total has beyond prompt and completion was put out too.
   */
  static long completion(@Nullable JsonValue usage) {
    long beyondPrompt = Fields.count(usage, "total_tokens") - Fields.count(usage, "prompt_tokens");
    return Math.max(Fields.count(usage, "completion_tokens"), beyondPrompt);
  }

  private static long cached(@Nullable JsonValue usage) {
    long cached = Fields.count(Fields.object(usage, "prompt_tokens_details"), "cached_tokens");
    // DeepSeek's and Together's own places for it
    for (String name : List.of("prompt_cache_hit_tokens", "cached_tokens")) {
      cached = cached > 0 ? cached : Fields.count(usage, name);
    }
    return cached;
  }
}
