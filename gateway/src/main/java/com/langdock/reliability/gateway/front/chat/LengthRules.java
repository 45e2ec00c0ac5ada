package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.front.Problem;
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

  /**
   * Longer texts, in bytes, are not counted on the event loop: counting 64 KB of spaces takes 15
   * ms.
   */
  private static final int LONG_TEXT = 8 * 1024;

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
   *
   * <p>A token is at least one byte, so texts with fewer bytes than the available tokens are not
   * counted. Estimates may be wrong, so the output limit is not included in them.
   */
  static @Nullable Problem input(JsonValue request, Texts texts, ModelFacts facts) {
    long room = room(request, facts);
    if (texts.bytes() <= room) {
      return null;
    }
    long window = window(facts);
    long output = window - room;
    long tokens = TokenCounter.count(texts.decoded(), facts, room);
    return tokens <= room ? null : tooLong(window, tokens, output);
  }

  /** Whether {@link #input} must load the model's encoding or count a long text. */
  static boolean takesLong(JsonValue request, Texts texts, ModelFacts facts) {
    return texts.bytes() > room(request, facts)
        && facts.tokenizer() != null
        && (texts.bytes() > LONG_TEXT || !TokenCounter.isReady(facts));
  }

  /** The number of tokens available for the messages. */
  private static long room(JsonValue request, ModelFacts facts) {
    long output = facts.tokenizer() == null ? 0 : requestedOutput(request).orElse(0);
    return window(facts) - output;
  }

  private static long window(ModelFacts facts) {
    return facts.limitsInherited() ? Long.MAX_VALUE : facts.contextWindow().orElse(Long.MAX_VALUE);
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
