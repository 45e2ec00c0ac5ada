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
 * Reads usage: Anthropic counts cached tokens beside {@code input_tokens}, OpenAI inside {@code
 * prompt_tokens}; thinking is inside the output in both.
 *
 * @param uncached input tokens neither read from a cache nor written to one
 * @param read input tokens read from a cache
 * @param written input tokens written to a cache
 * @param thinking output tokens that were thought, empty when unknown
 * @param details what else the price depends on
 */
record MessageUsage(
    long uncached,
    long read,
    long written,
    long output,
    OptionalLong thinking,
    UsageDetails details) {
  /** Nothing is known. */
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
   * The larger of what {@code first} and {@code latest} say, count by count: both speak of the
   * whole answer, and some servers leave a count out of the later one or send a zero.
   */
  static MessageUsage of(@Nullable JsonValue first, @Nullable JsonValue latest) {
    for (String name : COUNTS) {
      if (!TokenCounts.isBelievable(first, name) || !TokenCounts.isBelievable(latest, name)) {
        return NONE;
      }
    }
    JsonValue thought = JsonFields.object(latest == null ? first : latest, "output_tokens_details");
    JsonValue thinking = JsonFields.number(thought, "thinking_tokens");
    long written = count(first, latest, "cache_creation_input_tokens");
    return new MessageUsage(
        count(first, latest, "input_tokens"),
        count(first, latest, "cache_read_input_tokens"),
        written,
        count(first, latest, "output_tokens"),
        thinking == null
            ? OptionalLong.empty()
            : OptionalLong.of(TokenCounts.of(thought, "thinking_tokens")),
        details(first, latest, written));
  }

  /** Usage that the provider did not report. */
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
