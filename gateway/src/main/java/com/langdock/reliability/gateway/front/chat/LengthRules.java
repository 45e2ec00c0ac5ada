package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a model can read and write: the limits that are known of it before it is called. Limits that
 * a version only inherits from its family refuse nothing: a newer version may have larger ones.
 */
final class LengthRules {
  /** The fields that limit the answer; the first that is there counts. */
  static final List<String> OUTPUT = List.of("max_completion_tokens", "max_tokens");

  /** More bytes than this may take milliseconds to count: 64 KB of spaces take 15. */
  private static final int LONG_TEXT = 8 * 1024;

  private LengthRules() {}

  /** How many tokens of answer a valid request asks for, empty when it does not say. */
  static OptionalLong askedOutput(JsonValue request) {
    for (String field : OUTPUT) {
      JsonValue value = request.field(field);
      if (value != null && !value.isNull()) {
        return value.integer();
      }
    }
    return OptionalLong.empty();
  }

  /** A problem when more output is asked for than the model can write. */
  static @Nullable Problem output(JsonValue request, ModelFacts facts) {
    if (facts.limitsInherited()) {
      return null;
    }
    long most =
        Math.min(
            facts.maxOutputTokens().orElse(Long.MAX_VALUE),
            facts.contextWindow().orElse(Long.MAX_VALUE));
    for (String field : OUTPUT) {
      JsonValue asked = request.field(field);
      if (asked != null && asked.integer().orElse(0) > most) {
        return Problem.invalid(field, "the model writes at most " + most + " tokens", asked);
      }
    }
    return null;
  }

  /**
   * A problem when the messages do not fit the model's context window, together with the answer
   * asked for where they can be counted.
   *
   * <p>A token is at least one byte, so texts of fewer bytes than there is room for tokens are not
   * counted at all. An estimate, which may be wrong, refuses only what does not fit without any
   * answer.
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

  /** Whether {@link #input} has to load the model's encoding, or to count a long text. */
  static boolean takesLong(JsonValue request, Texts texts, ModelFacts facts) {
    return texts.bytes() > room(request, facts)
        && facts.tokenizer() != null
        && (texts.bytes() > LONG_TEXT || !TokenCounter.isReady(facts));
  }

  /** How many tokens the messages may have. */
  private static long room(JsonValue request, ModelFacts facts) {
    long output = facts.tokenizer() == null ? 0 : askedOutput(request).orElse(0);
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
