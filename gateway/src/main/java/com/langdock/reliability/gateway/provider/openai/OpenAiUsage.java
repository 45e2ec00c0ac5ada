package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the usage of OpenAI and of those that are nearly like it. */
final class OpenAiUsage {
  /** DeepSeek's and Together's own places for what was read from a cache. */
  private static final List<String> CACHED = List.of("prompt_cache_hit_tokens", "cached_tokens");

  private OpenAiUsage() {}

  /**
   * The usage that an answer or a chunk reports.
   *
   * @param root the whole answer or chunk
   * @return {@link Usage#NONE} when it reports none, or what no request can use
   */
  static Usage of(JsonValue root) {
    JsonValue usage = JsonFields.object(root, "usage");
    if (usage == null
        || !TokenCounts.isBelievable(usage, "prompt_tokens")
        || !TokenCounts.isBelievable(usage, "completion_tokens")) {
      return Usage.NONE;
    }
    JsonValue ofPrompt = JsonFields.object(usage, "prompt_tokens_details");
    JsonValue ofCompletion = JsonFields.object(usage, "completion_tokens_details");
    return new Usage(
        TokenCounts.of(usage, "prompt_tokens"),
        cached(usage, ofPrompt),
        completion(usage),
        details(ofPrompt, ofCompletion, tier(JsonFields.text(root, "service_tier"))));
  }

  private static UsageDetails details(
      @Nullable JsonValue ofPrompt, @Nullable JsonValue ofCompletion, Tier tier) {
    long writes = TokenCounts.of(ofPrompt, "cache_write_tokens");
    long heard = TokenCounts.of(ofPrompt, "audio_tokens");
    long spoken = TokenCounts.of(ofCompletion, "audio_tokens");
    return writes == 0 && heard == 0 && spoken == 0 && tier == Tier.STANDARD
        ? UsageDetails.NONE
        : new UsageDetails(writes, 0, heard, spoken, 0, tier);
  }

  /** The tier that an answer names. OpenAI reports its fast mode as {@code priority}. */
  private static Tier tier(@Nullable String word) {
    return switch (word) {
      case "priority", "fast" -> Tier.PRIORITY;
      case "flex" -> Tier.FLEX;
      case null, default -> Tier.STANDARD;
    };
  }

  /**
   * Output tokens. xAI leaves reasoning out of {@code completion_tokens} and has it in the total
   * only, so what the total has beyond prompt and completion was put out too.
   */
  static long completion(@Nullable JsonValue usage) {
    long completion = TokenCounts.of(usage, "completion_tokens");
    long beyondPrompt =
        TokenCounts.of(usage, "total_tokens") - TokenCounts.of(usage, "prompt_tokens");
    return Math.max(completion, beyondPrompt);
  }

  private static long cached(JsonValue usage, @Nullable JsonValue ofPrompt) {
    long cached = TokenCounts.of(ofPrompt, "cached_tokens");
    for (String name : CACHED) {
      cached = cached > 0 ? cached : TokenCounts.of(usage, name);
    }
    return cached;
  }
}
