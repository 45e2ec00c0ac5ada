package com.langdock.reliability.core.domain;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a model that the gateway uses before calling it.
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
  /** A model about which nothing is known. */
  public static final ModelFacts UNKNOWN =
      new ModelFacts(
          OptionalLong.empty(), OptionalLong.empty(), false, ModelTraits.UNKNOWN, null, null);

  /** Facts without a price; all other traits are those of an unknown model. */
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

  /** Whether it supports prefill. */
  public boolean prefill() {
    return traits.prefill();
  }

  /** The facts of a version that has none of its own: the limits are only likely. */
  ModelFacts ofVersion() {
    return new ModelFacts(contextWindow, maxOutputTokens, true, traits, tokenizer, price);
  }
}
