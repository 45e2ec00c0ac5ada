package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import java.util.OptionalLong;

/** Generations of models for tests. */
final class GeminiModels {
  /** Without thinking and structured output. */
  static final ModelFacts OLD = facts(Thinking.NONE, true, false);

  /** Thinking by a budget. */
  static final ModelFacts BUDGET = facts(Thinking.BUDGET, true, true);

  /** Thinking by a budget, always on. */
  static final ModelFacts ALWAYS = facts(Thinking.BUDGET_ALWAYS, true, true);

  /** Thinking by a level. */
  static final ModelFacts LEVEL = facts(Thinking.LEVEL, true, true);

  /** Thinking by two levels, without prefill. */
  static final ModelFacts LOW_OR_HIGH = facts(Thinking.LOW_OR_HIGH, false, true);

  private GeminiModels() {}

  private static ModelFacts facts(Thinking thinking, boolean prefill, boolean structured) {
    return new ModelFacts(
        OptionalLong.of(1_000_000),
        OptionalLong.of(65_536),
        false,
        new ModelTraits(thinking != Thinking.NONE, prefill, Sampling.ANY, thinking, structured),
        null,
        null);
  }
}
