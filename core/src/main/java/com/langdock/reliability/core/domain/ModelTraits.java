package com.langdock.reliability.core.domain;

/**
 * What a model's generation accepts in a request.
 *
 * @param reasoning whether it thinks before it answers, so that its first content comes late
 * @param prefill whether it supports prefill: continuing a last assistant turn
 * @param structuredOutput whether it takes a JSON schema for its answer; otherwise the schema can
 *     only be that of a forced tool call
 */
public record ModelTraits(
    boolean reasoning,
    boolean prefill,
    Sampling sampling,
    Thinking thinking,
    boolean structuredOutput) {
  /** The traits of a model about which nothing is known. */
  public static final ModelTraits UNKNOWN =
      new ModelTraits(false, true, Sampling.ANY, Thinking.NONE, false);

  /** Which sampling parameters a model accepts: {@code temperature} and {@code top_p}. */
  public enum Sampling {
    /** Both. */
    ANY,
    /** Either of them, but not both together. */
    ONE,
    /** Neither. */
    NONE
  }

  /** How a request asks a Claude model to think. */
  public enum Thinking {
    /** It does not think, or the way to ask for it is unknown. */
    NONE,
    /** By a number of tokens. */
    BUDGET,
    /** By an effort up to {@code max}, without {@code xhigh}, with adaptive thinking on. */
    ADAPTIVE,
    /** By an effort, {@code xhigh} included; thinking can be switched off. */
    EFFORT,
    /** By an effort; it can be limited to thinking between tool calls, but not switched off. */
    BETWEEN,
    /** By an effort; it cannot be switched off. */
    ALWAYS;

    /** Whether a request states an effort, not a number of tokens. */
    public boolean byEffort() {
      return this != NONE && this != BUDGET;
    }

    /** Whether a request may force a tool call: models that always think refuse it. */
    public boolean allowsForcedTool() {
      return this != BETWEEN && this != ALWAYS;
    }
  }
}
