package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the usage of a response. */
final class ResponseUsage {
  private static final String INPUT = "input_tokens";
  private static final String OUTPUT = "output_tokens";
  private static final String THINKING = "reasoning_tokens";

  private ResponseUsage() {}

  /** The usage that {@code response} reports; null if it reports none or an implausible one. */
  static @Nullable TokenReport of(@Nullable JsonValue response) {
    JsonValue usage = JsonFields.object(response, "usage");
    if (usage == null
        || !TokenCounts.isPlausible(usage, INPUT)
        || !TokenCounts.isPlausible(usage, OUTPUT)) {
      return null;
    }
    JsonValue ofInput = JsonFields.object(usage, "input_tokens_details");
    JsonValue ofOutput = JsonFields.object(usage, "output_tokens_details");
    Tier tier = tier(JsonFields.text(response, "service_tier"));
    long writes = TokenCounts.of(ofInput, "cache_write_tokens");
    Usage tokens =
        new Usage(
            TokenCounts.of(usage, INPUT),
            TokenCounts.of(ofInput, "cached_tokens"),
            TokenCounts.of(usage, OUTPUT),
            writes == 0 && tier == Tier.STANDARD
                ? UsageDetails.NONE
                : new UsageDetails(writes, 0, 0, 0, 0, tier));
    return new TokenReport(tokens, thinking(tokens, ofOutput), null);
  }

  /** The usage that {@code response} reports, else an estimate. */
  static TokenReport of(JsonValue response, Usage estimate) {
    TokenReport reported = of(response);
    return reported == null ? new TokenReport(estimate, OptionalLong.empty(), null) : reported;
  }

  private static OptionalLong thinking(Usage usage, @Nullable JsonValue details) {
    return JsonFields.number(details, THINKING) == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.min(TokenCounts.of(details, THINKING), usage.outputTokens()));
  }

  /** OpenAI reports its fast modes as tiers of their own. */
  private static Tier tier(@Nullable String name) {
    return switch (name) {
      case "priority", "fast", "ultrafast" -> Tier.PRIORITY;
      case "flex" -> Tier.FLEX;
      case null, default -> Tier.STANDARD;
    };
  }
}
