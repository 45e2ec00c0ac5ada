package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads usage. Gemini counts cached tokens as part of the prompt, but thinking and the results of
 * its own tools beside it, where other formats include them.
 */
final class GenerateUsage {
  private static final String PROMPT = "promptTokenCount";
  private static final String TOOLS = "toolUsePromptTokenCount";
  private static final String CACHED = "cachedContentTokenCount";
  private static final String ANSWER = "candidatesTokenCount";
  private static final String THINKING = "thoughtsTokenCount";
  private static final List<String> COUNTS = List.of(PROMPT, TOOLS, CACHED, ANSWER, THINKING);
  private static final TokenReport NONE = new TokenReport(Usage.NONE, OptionalLong.empty(), null);

  private GenerateUsage() {}

  /** The report in {@code usage}, the {@code usageMetadata}; none if a count is implausible. */
  static TokenReport of(@Nullable JsonValue usage) {
    for (String name : COUNTS) {
      if (!TokenCounts.isPlausible(usage, name)) {
        return NONE;
      }
    }
    long input = TokenCounts.of(usage, PROMPT) + TokenCounts.of(usage, TOOLS);
    long thinking = TokenCounts.of(usage, THINKING);
    Usage total =
        new Usage(
            input,
            TokenCounts.of(usage, CACHED),
            TokenCounts.of(usage, ANSWER) + thinking,
            details(usage));
    boolean hasThinking = JsonFields.number(usage, THINKING) != null;
    return new TokenReport(
        total, hasThinking ? OptionalLong.of(thinking) : OptionalLong.empty(), null);
  }

  /** An estimate, for a provider that reported no usage. */
  static TokenReport of(Usage estimate) {
    return new TokenReport(estimate, OptionalLong.empty(), null);
  }

  private static UsageDetails details(@Nullable JsonValue usage) {
    long audio = audio(usage);
    Tier tier =
        switch (JsonFields.text(usage, "serviceTier")) {
          case "priority" -> Tier.PRIORITY;
          case "flex" -> Tier.FLEX;
          case null, default -> Tier.STANDARD;
        };
    return audio == 0 && tier == Tier.STANDARD
        ? UsageDetails.NONE
        : new UsageDetails(0, 0, audio, 0, 0, tier);
  }

  private static long audio(@Nullable JsonValue usage) {
    for (JsonValue detail : JsonFields.array(usage, "promptTokensDetails")) {
      if (JsonFields.isText(detail, "modality", "AUDIO")) {
        return TokenCounts.of(detail, "tokenCount");
      }
    }
    return 0;
  }
}
