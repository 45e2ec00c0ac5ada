package com.langdock.reliability.core.domain;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before it is called.
 *
 * @param contextWindow tokens of prompt and answer together, empty when unknown
 * @param maxOutputTokens tokens of an answer, empty when unknown
 * @param reasoning whether it thinks before it answers, so that its first content comes late
 * @param prefill whether it goes on from a last assistant turn
 * @param tokenizer the name of its public encoding, such as {@code o200k_base}; null when none is
 * @param price null when unknown
 */
public record ModelFacts(
    OptionalLong contextWindow,
    OptionalLong maxOutputTokens,
    boolean reasoning,
    boolean prefill,
    @Nullable String tokenizer,
    @Nullable Price price) {
  /** A model of which nothing is known. */
  public static final ModelFacts UNKNOWN =
      new ModelFacts(OptionalLong.empty(), OptionalLong.empty(), false, true, null);

  /** A model whose price is unknown. */
  public ModelFacts(
      OptionalLong contextWindow,
      OptionalLong maxOutputTokens,
      boolean reasoning,
      boolean prefill,
      @Nullable String tokenizer) {
    this(contextWindow, maxOutputTokens, reasoning, prefill, tokenizer, null);
  }
}
