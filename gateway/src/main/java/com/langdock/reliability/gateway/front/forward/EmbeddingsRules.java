package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.gateway.front.Rule;
import java.util.List;

/** Validates a request for embeddings. */
final class EmbeddingsRules {
  static final List<Rule> ALL =
      List.of(
          Rule.required("input", Inputs.EXPECTATION, Inputs::isInput),
          Rule.string("encoding_format"),
          Rule.integer("dimensions", 1, Long.MAX_VALUE),
          Rule.string("user"),
          Inputs.WHOLE);

  private EmbeddingsRules() {}
}
