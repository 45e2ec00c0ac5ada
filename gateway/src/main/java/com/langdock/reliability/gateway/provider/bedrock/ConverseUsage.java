package com.langdock.reliability.gateway.provider.bedrock;

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
 * Reads usage. Bedrock counts tokens that were read from a cache or written to one in addition to
 * {@code inputTokens}; thinking is part of the output.
 */
final class ConverseUsage {
  private static final String INPUT = "inputTokens";
  private static final String OUTPUT = "outputTokens";
  private static final String READ = "cacheReadInputTokens";
  private static final String WRITTEN = "cacheWriteInputTokens";
  private static final List<String> COUNTS = List.of(INPUT, OUTPUT, READ, WRITTEN);
  private static final TokenReport NONE = of(Usage.NONE);

  private ConverseUsage() {}

  /**
   * The report in {@code root}, which is an answer or the last event of a stream; none if a count
   * is implausible.
   */
  static TokenReport of(@Nullable JsonValue root) {
    JsonValue usage = JsonFields.object(root, "usage");
    for (String name : COUNTS) {
      if (!TokenCounts.isPlausible(usage, name)) {
        return NONE;
      }
    }
    long read = TokenCounts.of(usage, READ);
    long written = TokenCounts.of(usage, WRITTEN);
    long input = TokenCounts.of(usage, INPUT) + read + written;
    return of(new Usage(input, read, TokenCounts.of(usage, OUTPUT), details(root, usage, written)));
  }

  /** An estimate, for an answer without usage. */
  static TokenReport of(Usage estimate) {
    return new TokenReport(estimate, OptionalLong.empty(), null);
  }

  private static UsageDetails details(
      @Nullable JsonValue root, @Nullable JsonValue usage, long written) {
    long hour = 0;
    for (JsonValue detail : JsonFields.array(usage, "cacheDetails")) {
      hour += JsonFields.isText(detail, "ttl", "1h") ? TokenCounts.of(detail, INPUT) : 0;
    }
    hour = Math.min(hour, written);
    Tier tier =
        switch (JsonFields.text(JsonFields.object(root, "serviceTier"), "type")) {
          case "priority" -> Tier.PRIORITY;
          case "flex" -> Tier.FLEX;
          case null, default -> Tier.STANDARD;
        };
    return written == 0 && tier == Tier.STANDARD
        ? UsageDetails.NONE
        : new UsageDetails(written - hour, hour, 0, 0, 0, tier);
  }
}
