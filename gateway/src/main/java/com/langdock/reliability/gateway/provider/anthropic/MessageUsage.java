package com.langdock.reliability.gateway.provider.anthropic;

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
 * Reads usage. Anthropic counts cached tokens in addition to {@code input_tokens}, OpenAI as part
 * of {@code prompt_tokens}. Thinking is part of the output in both.
 *
 * @param uncached input tokens that were neither read from nor written to a cache
 * @param read input tokens read from a cache
 * @param written input tokens written to a cache
 * @param thinking output tokens spent on thinking; empty if unknown
 * @param details other facts that determine the price
 */
record MessageUsage(
    long uncached,
    long read,
    long written,
    long output,
    OptionalLong thinking,
    UsageDetails details) {
  /** No usage was reported. */
  private static final MessageUsage NONE =
      new MessageUsage(0, 0, 0, 0, OptionalLong.empty(), UsageDetails.NONE);

  private static final List<String> COUNTS =
      List.of(
          "input_tokens",
          "cache_read_input_tokens",
          "cache_creation_input_tokens",
          "output_tokens");

  static MessageUsage of(@Nullable JsonValue usage) {
    return of(usage, null);
  }

  /**
   * The larger of the two values for each count. Both reports cover the whole answer, and some
   * servers omit a count in the later one or send zero.
   */
  static MessageUsage of(@Nullable JsonValue first, @Nullable JsonValue latest) {
    for (String name : COUNTS) {
      if (!TokenCounts.isPlausible(first, name) || !TokenCounts.isPlausible(latest, name)) {
        return NONE;
      }
    }
    JsonValue details = JsonFields.object(latest == null ? first : latest, "output_tokens_details");
    JsonValue thinking = JsonFields.number(details, "thinking_tokens");
    long written = count(first, latest, "cache_creation_input_tokens");
    return new MessageUsage(
        count(first, latest, "input_tokens"),
        count(first, latest, "cache_read_input_tokens"),
        written,
        count(first, latest, "output_tokens"),
        thinking == null
            ? OptionalLong.empty()
            : OptionalLong.of(TokenCounts.of(details, "thinking_tokens")),
        details(first, latest, written));
  }

  /** An estimate, for a provider that reported no usage. */
  static MessageUsage of(Usage estimate) {
    return new MessageUsage(
        estimate.inputTokens(),
        0,
        0,
        estimate.outputTokens(),
        OptionalLong.empty(),
        UsageDetails.NONE);
  }

  private static UsageDetails details(
      @Nullable JsonValue first, @Nullable JsonValue latest, long written) {
    JsonValue caches = object(first, latest, "cache_creation");
    long hour = Math.min(written, TokenCounts.of(caches, "ephemeral_1h_input_tokens"));
    JsonValue tools = object(first, latest, "server_tool_use");
    long searches = TokenCounts.of(tools, "web_search_requests");
    boolean fast =
        "fast".equals(JsonFields.text(first, "speed"))
            || "fast".equals(JsonFields.text(latest, "speed"));
    return written == 0 && searches == 0 && !fast
        ? UsageDetails.NONE
        : new UsageDetails(
            written - hour, hour, 0, 0, searches, fast ? Tier.PRIORITY : Tier.STANDARD);
  }

  Usage total() {
    return new Usage(uncached + read + written, read, output, details);
  }

  TokenReport report() {
    return new TokenReport(total(), thinking, null);
  }

  private static long count(@Nullable JsonValue first, @Nullable JsonValue latest, String name) {
    return Math.max(TokenCounts.of(first, name), TokenCounts.of(latest, name));
  }

  private static @Nullable JsonValue object(
      @Nullable JsonValue first, @Nullable JsonValue latest, String name) {
    JsonValue last = JsonFields.object(latest, name);
    return last == null ? JsonFields.object(first, name) : last;
  }
}
