package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the usage of OpenAI and of APIs that deviate from it slightly. */
final class OpenAiUsage {
  /** Fields of DeepSeek, Together and Mistral for cached tokens. */
  private static final List<String> CACHED =
      List.of("prompt_cache_hit_tokens", "cached_tokens", "num_cached_tokens");

  private OpenAiUsage() {}

  /**
   * The usage that an answer or a chunk reports.
   *
   * @param root the whole answer or chunk
   * @return {@link Usage#NONE} if it reports none or an implausible one
   */
  static Usage of(JsonValue root) {
    JsonValue usage = reported(root);
    if (usage == null
        || !TokenCounts.isPlausible(usage, "prompt_tokens")
        || !TokenCounts.isPlausible(usage, "completion_tokens")) {
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

  /** The usage in an answer or a chunk, which Groq puts into a field of its own; null if none. */
  static @Nullable JsonValue reported(JsonValue root) {
    JsonValue usage = JsonFields.object(root, "usage");
    return usage == null ? JsonFields.object(JsonFields.object(root, "x_groq"), "usage") : usage;
  }

  /** A report of this format for clients of other formats. */
  static TokenReport neutral(TokenReport report) {
    String raw = report.raw();
    JsonValue usage = raw == null ? null : JsonBody.json(raw.getBytes(StandardCharsets.UTF_8));
    return neutral(report.usage(), usage);
  }

  /**
   * The report of {@code usage} for clients of other formats.
   *
   * @param reported the provider's JSON; null if it sent none
   */
  static TokenReport neutral(Usage usage, @Nullable JsonValue reported) {
    JsonValue details = JsonFields.object(reported, "completion_tokens_details");
    OptionalLong thinking =
        JsonFields.number(details, "reasoning_tokens") == null
            ? OptionalLong.empty()
            : OptionalLong.of(
                Math.min(TokenCounts.of(details, "reasoning_tokens"), usage.outputTokens()));
    return new TokenReport(usage, thinking, null);
  }

  private static UsageDetails details(
      @Nullable JsonValue ofPrompt, @Nullable JsonValue ofCompletion, Tier tier) {
    long writes = TokenCounts.of(ofPrompt, "cache_write_tokens");
    long audioInput = TokenCounts.of(ofPrompt, "audio_tokens");
    long audioOutput = TokenCounts.of(ofCompletion, "audio_tokens");
    return writes == 0 && audioInput == 0 && audioOutput == 0 && tier == Tier.STANDARD
        ? UsageDetails.NONE
        : new UsageDetails(writes, 0, audioInput, audioOutput, 0, tier);
  }

  /** The service tier of an answer. OpenAI reports its fast mode as {@code priority}. */
  private static Tier tier(@Nullable String name) {
    return switch (name) {
      case "priority", "fast" -> Tier.PRIORITY;
      case "flex" -> Tier.FLEX;
      case null, default -> Tier.STANDARD;
    };
  }

  /**
   * Output tokens. xAI counts reasoning only in the total, not in {@code completion_tokens}, so the
   * difference between the total and the prompt is used if it is larger.
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
