package com.langdock.reliability.core.domain;

/**
 * What a model's generation accepts in a request.
 *
 * @param reasoning whether it thinks before it answers, so that its first content comes late
 * @param prefill whether it supports prefill: continuing a last assistant turn
 * @param structuredOutput whether it takes a JSON schema for its answer; otherwise the schema can
 *     only be that of a forced tool call
 * @param toolsNeedResponses whether it calls functions in OpenAI's Responses API only, unless it is
 *     asked not to think
 */
public record ModelTraits(
    boolean reasoning,
    boolean prefill,
    Sampling sampling,
    Thinking thinking,
    boolean structuredOutput,
    boolean toolsNeedResponses) {
  /** The traits of a model about which nothing is known. */
  public static final ModelTraits UNKNOWN =
      new ModelTraits(false, true, Sampling.ANY, Thinking.NONE, false);

  /** The traits of a model whose tools need no other API than its answers. */
  public ModelTraits(
      boolean reasoning,
      boolean prefill,
      Sampling sampling,
      Thinking thinking,
      boolean structuredOutput) {
    this(reasoning, prefill, sampling, thinking, structuredOutput, false);
  }

  /** Which sampling parameters a model accepts: {@code temperature} and {@code top_p}. */
  public enum Sampling {
    /** Both. */
    ANY,
    /** Either of them, but not both together. */
    ONE,
    /** Neither. */
    NONE
  }

  /**
   * How a request asks a model to think. Claude models take a number of tokens or an effort, Gemini
   * models a number of tokens or a level.
   */
  public enum Thinking {
    /** It does not think, or the way to ask for it is unknown. */
    NONE,
    /** By a number of tokens. */
    BUDGET,
    /** By a number of tokens; it cannot be switched off. */
    BUDGET_ALWAYS,
    /** By an effort up to {@code max}, without {@code xhigh}, with adaptive thinking on. */
    ADAPTIVE,
    /** By an effort, {@code xhigh} included; thinking can be switched off. */
    EFFORT,
    /** By an effort; it can be limited to thinking between tool calls, but not switched off. */
    BETWEEN,
    /** By an effort; it cannot be switched off. */
    ALWAYS,
    /** By a level: minimal, low, medium or high. */
    LEVEL,
    /** By a level: low, medium or high. */
    LEVEL_ALWAYS,
    /** By a level: low or high. */
    LOW_OR_HIGH;

    /** Whether a request states an effort. */
    public boolean byEffort() {
      return this == ADAPTIVE || this == EFFORT || this == BETWEEN || this == ALWAYS;
    }

    /** Whether a request states a level, as from Gemini 3 on. */
    public boolean byLevel() {
      return this == LEVEL || this == LEVEL_ALWAYS || this == LOW_OR_HIGH;
    }

    /** Whether a request may force a tool call: Claude models that always think refuse it. */
    public boolean allowsForcedTool() {
      return this != BETWEEN && this != ALWAYS;
    }
  }
}
