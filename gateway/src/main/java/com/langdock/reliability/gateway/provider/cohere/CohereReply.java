package com.langdock.reliability.gateway.provider.cohere;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What whole answers and streams have in common: why they end, and what they used. */
final class CohereReply {
  private CohereReply() {}

  /** OpenAI's reason for the end; null if the provider failed. */
  static @Nullable String finish(String reason) {
    return switch (reason) {
      case "MAX_TOKENS", "ERROR_LIMIT" -> "length";
      case "TOOL_CALL" -> "tool_calls";
      case "ERROR_TOXIC" -> "content_filter";
      case "ERROR", "TIMEOUT" -> null;
      default -> "stop";
    };
  }

  /**
   * The tokens that are billed, which leave out Cohere's own instructions; those that the model
   * read where it does not tell the others. Null if it tells neither.
   */
  static @Nullable TokenReport usage(@Nullable JsonValue usage) {
    JsonValue billed = JsonFields.object(usage, "billed_units");
    JsonValue tokens = JsonFields.object(usage, "tokens");
    JsonValue counted = JsonFields.number(billed, "output_tokens") == null ? tokens : billed;
    if (counted == null) {
      return null;
    }
    long input = TokenCounts.of(counted, "input_tokens");
    long output = TokenCounts.of(counted, "output_tokens");
    OptionalLong thinking =
        JsonFields.number(tokens, "reasoning_tokens") == null
            ? OptionalLong.empty()
            : OptionalLong.of(Math.min(TokenCounts.of(tokens, "reasoning_tokens"), output));
    return new TokenReport(new Usage(input, 0, output), thinking, null);
  }
}
