package com.langdock.reliability.gateway.validation;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a model can read and write: the limits that are known of it before it is called. */
final class LengthRules {
  private LengthRules() {}

  /** A problem when more output is asked for than the model can write. */
  static @Nullable Problem output(JsonValue request, ModelFacts facts) {
    for (String field : new String[] {"max_completion_tokens", "max_tokens"}) {
      JsonValue asked = request.field(field);
      long tokens = asked == null ? 0 : asked.integer().orElse(0);
      long most = facts.maxOutputTokens().orElse(Long.MAX_VALUE);
      if (tokens > most) {
        return Problem.invalid(field, "the model writes at most " + most + " tokens");
      }
    }
    return null;
  }

  /**
   * A problem when the messages do not fit the model's context window.
   *
   * <p>A token is at least one byte, so texts of fewer bytes than the window has tokens are not
   * counted at all.
   */
  static @Nullable Problem input(Texts texts, ModelFacts facts) {
    long window = facts.contextWindow().orElse(Long.MAX_VALUE);
    if (texts.bytes() <= window) {
      return null;
    }
    long tokens = TokenCounter.count(texts.decoded(), facts, window);
    return tokens <= window
        ? null
        : new Problem(
            Problem.Code.CONTEXT_LENGTH_EXCEEDED,
            "This model's maximum context length is "
                + window
                + " tokens, but the messages have at least "
                + tokens
                + " tokens.",
            "messages");
  }
}
