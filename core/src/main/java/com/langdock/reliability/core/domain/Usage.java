package com.langdock.reliability.core.domain;

/**
 * Tokens that an answer cost.
 *
 * @param inputTokens of the prompt, those read from a cache included
 * @param cachedInputTokens of them, those read from a cache
 * @param outputTokens of the answer, reasoning included
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens) {
  /** Nothing used, or nothing known. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Input and output together. */
  public long totalTokens() {
    return inputTokens + outputTokens;
  }

  /** The sum of this and {@code other}. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        outputTokens + other.outputTokens);
  }
}
