package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Translates usage: Anthropic counts cached tokens beside {@code input_tokens}, OpenAI inside
 * {@code prompt_tokens}; thinking is inside the output in both.
 *
 * @param uncached input tokens neither read from a cache nor written to one
 * @param read input tokens read from a cache
 * @param written input tokens written to a cache
 * @param thinking output tokens that were thought, empty when unknown
 */
record MessageUsage(long uncached, long read, long written, long output, OptionalLong thinking) {

  static MessageUsage of(@Nullable JsonValue usage) {
    return of(usage, null);
  }

  /**
   * The larger of what {@code first} and {@code latest} say, count by count: both speak of the
   * whole answer, and some servers leave a count out of the later one or send a zero.
   */
  static MessageUsage of(@Nullable JsonValue first, @Nullable JsonValue latest) {
    JsonValue details = Fields.object(latest == null ? first : latest, "output_tokens_details");
    JsonValue thinking = Fields.number(details, "thinking_tokens");
    return new MessageUsage(
        count(first, latest, "input_tokens"),
        count(first, latest, "cache_read_input_tokens"),
        count(first, latest, "cache_creation_input_tokens"),
        count(first, latest, "output_tokens"),
        thinking == null ? OptionalLong.empty() : OptionalLong.of((long) thinking.number()));
  }

  Usage total() {
    return new Usage(uncached + read + written, read, output);
  }

  /** Writes OpenAI's {@code usage} object. */
  void writeTo(JsonGenerator out) {
    Usage sum = total();
    out.writeStartObject();
    out.writeNumberProperty("prompt_tokens", sum.inputTokens());
    out.writeNumberProperty("completion_tokens", sum.outputTokens());
    out.writeNumberProperty("total_tokens", sum.totalTokens());
    out.writeName("prompt_tokens_details");
    out.writeStartObject();
    out.writeNumberProperty("cached_tokens", sum.cachedInputTokens());
    out.writeNumberProperty("cache_write_tokens", written);
    out.writeEndObject();
    if (thinking.isPresent()) {
      out.writeName("completion_tokens_details");
      out.writeStartObject();
      out.writeNumberProperty("reasoning_tokens", thinking.getAsLong());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static long count(@Nullable JsonValue first, @Nullable JsonValue latest, String name) {
    return Math.max(Fields.count(first, name), Fields.count(latest, name));
  }
}
