package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Translates usage: Anthropic counts cached tokens beside {@code input_tokens}, OpenAI inside
 * {@code prompt_tokens}; thinking is inside the output in both.
 */
final class MessageUsage {
  private MessageUsage() {}

  static Usage of(@Nullable JsonValue usage) {
    long cached = Fields.count(usage, "cache_read_input_tokens");
    long written = Fields.count(usage, "cache_creation_input_tokens");
    return new Usage(
        Fields.count(usage, "input_tokens") + cached + written,
        cached,
        Fields.count(usage, "output_tokens"));
  }

  /** Writes OpenAI's {@code usage}. */
  static void write(JsonGenerator out, @Nullable JsonValue usage) {
    Usage sum = of(usage);
    JsonValue thinking =
        Fields.number(Fields.object(usage, "output_tokens_details"), "thinking_tokens");
    out.writeName("usage");
    out.writeStartObject();
    out.writeNumberProperty("prompt_tokens", sum.inputTokens());
    out.writeNumberProperty("completion_tokens", sum.outputTokens());
    out.writeNumberProperty("total_tokens", sum.totalTokens());
    out.writeName("prompt_tokens_details");
    out.writeStartObject();
    out.writeNumberProperty("cached_tokens", sum.cachedInputTokens());
    out.writeNumberProperty(
        "cache_write_tokens", Fields.count(usage, "cache_creation_input_tokens"));
    out.writeEndObject();
    if (thinking != null) {
      out.writeName("completion_tokens_details");
      out.writeStartObject();
      out.writeNumberProperty("reasoning_tokens", (long) thinking.number());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
