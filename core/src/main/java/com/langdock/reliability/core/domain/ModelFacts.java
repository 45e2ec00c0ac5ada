package com.langdock.reliability.core.domain;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before it is called.
 *
 * @param contextWindow tokens of prompt and answer together, empty when unknown
 * @param maxOutputTokens tokens of an answer, empty when unknown
 * @param limitsInherited whether these two are only those of its family, because the table has no
 *     line for this version: they are likely, and must not refuse a request
 * @param traits what it accepts of a request
 * @param tokenizer the name of its public encoding, such as {@code o200k_base}; null when none is
 * @param price null when unknown
 */
public record ModelFacts(
    OptionalLong contextWindow,
    OptionalLong maxOutputTokens,
    boolean limitsInherited,
    ModelTraits traits,
    @Nullable String tokenizer,
    @Nullable Price price) {
  /** A model of which nothing is known. */
  public static final ModelFacts UNKNOWN =
      new ModelFacts(
          OptionalLong.empty(), OptionalLong.empty(), false, ModelTraits.UNKNOWN, null, null);

  /** A model of unknown price that takes what an unknown one does, with these differences. */
  public ModelFacts(
      OptionalLong contextWindow,
      OptionalLong maxOutputTokens,
      boolean reasoning,
      boolean prefill,
      @Nullable String tokenizer) {
    this(
        contextWindow,
        maxOutputTokens,
        false,
        new ModelTraits(
            reasoning,
            prefill,
            ModelTraits.UNKNOWN.sampling(),
            ModelTraits.UNKNOWN.thinking(),
            ModelTraits.UNKNOWN.structuredOutput()),
        tokenizer,
        null);
  }

  /** Whether it thinks before it answers, so that its first content comes late. */
  public boolean reasoning() {
    return traits.reasoning();
  }

  /** Whether it goes on from a last assistant turn. */
  public boolean prefill() {
    return traits.prefill();
  }

  /** The facts of a version that has none of its own: the limits are only likely. */
  ModelFacts ofVersion() {
    return new ModelFacts(contextWindow, maxOutputTokens, true, traits, tokenizer, price);
  }
}
