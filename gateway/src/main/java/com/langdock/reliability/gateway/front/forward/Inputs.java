package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;

/**
 * The input of a model: a text, a list of texts, the tokens of a text, or a list of such lists.
 * What else a list may have is for the provider to judge.
 */
final class Inputs {
  /** What {@link #isInput} expects. */
  static final String EXPECTATION = "expected a text, or a list that is not empty";

  /** The answer must not be asked for as a stream. */
  static final Rule WHOLE =
      Rule.optional("stream", "expected false, since this is answered whole", v -> !v.isTrue());

  private Inputs() {}

  /** Whether {@code value} may be an input. */
  static boolean isInput(JsonValue value) {
    return value.kind() == Kind.STRING || (value.kind() == Kind.ARRAY && !value.isEmpty());
  }

  /** The number of inputs: tokens are one text. */
  static int count(JsonValue input) {
    return input.kind() == Kind.ARRAY && !isTokens(input) ? input.size() : 1;
  }

  /** Whether {@code input} is the tokens of one text. */
  static boolean isTokens(JsonValue input) {
    return input.size() > 0 && input.elements().getFirst().kind() == Kind.NUMBER;
  }

  /** An estimate of the tokens in {@code input}. */
  static long tokens(JsonValue input) {
    return switch (input.kind()) {
      case STRING -> Usage.estimatedTokens(input.text().length());
      case NUMBER -> 1;
      case ARRAY -> input.elements().stream().mapToLong(Inputs::tokens).sum();
      case OBJECT -> input.members().stream().mapToLong(member -> tokens(member.value())).sum();
      case BOOLEAN, NULL -> 0;
    };
  }
}
