package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.tokens.ContextWindow;
import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request against the model's token limits before any call. Limits that a version only
 * inherits from its family reject nothing, because a newer version may have larger ones.
 */
final class LengthRules {
  /** The fields that limit the answer; the first one present counts. */
  static final List<String> OUTPUT = List.of("max_completion_tokens", "max_tokens");

  private LengthRules() {}

  /** The number of output tokens that a valid request allows; empty if it sets no limit. */
  static OptionalLong requestedOutput(JsonValue request) {
    for (String field : OUTPUT) {
      JsonValue value = request.field(field);
      if (value != null && !value.isNull()) {
        return value.integer();
      }
    }
    return OptionalLong.empty();
  }

  /** A problem if the output limit exceeds the model's; null if it does not. */
  static @Nullable Problem output(JsonValue request, ModelFacts facts) {
    if (facts.limitsInherited()) {
      return null;
    }
    long limit =
        Math.min(
            facts.maxOutputTokens().orElse(Long.MAX_VALUE),
            facts.contextWindow().orElse(Long.MAX_VALUE));
    for (String field : OUTPUT) {
      JsonValue requested = request.field(field);
      if (requested != null && requested.integer().orElse(0) > limit) {
        return Problem.invalid(field, "the model writes at most " + limit + " tokens", requested);
      }
    }
    return null;
  }

  /**
   * A problem if the messages do not fit the model's context window; null if they do. Where tokens
   * can be counted, the output limit is included.
   */
  static @Nullable Problem input(PromptTexts texts, ContextWindow window) {
    long tokens = window.tokens(texts);
    return tokens == 0 || tokens <= window.room()
        ? null
        : tooLong(window.size(), tokens, window.answerTokens());
  }

  /** The window that the request leaves for its messages. */
  static ContextWindow window(JsonValue request, ModelFacts facts) {
    return new ContextWindow(facts, requestedOutput(request).orElse(0));
  }

  private static Problem tooLong(long window, long tokens, long output) {
    String answer = output == 0 ? "" : ", and " + output + " more are asked for as the answer";
    return new Problem(
        Problem.Code.CONTEXT_LENGTH_EXCEEDED,
        "This model's maximum context length is "
            + window
            + " tokens, but the messages have at least "
            + tokens
            + " tokens"
            + answer
            + ".",
        "messages");
  }
}
