package com.langdock.reliability.core.domain;

/**
 * Tokens that an answer cost.
 *
 * @param inputTokens of the prompt, those read from a cache included
 * @param cachedInputTokens of them, those read from a cache
 * @param outputTokens of the answer, reasoning included
 */
public record Usage(long inputTokens, long cachedInputTokens, long outputTokens) {
  /** The rule of thumb for texts whose encoding is not known. */
  public static final int CHARACTERS_PER_TOKEN = 4;

  /** Nothing used, or nothing known. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** The tokens that this many characters are likely to be, rounded up. */
  public static long estimatedTokens(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

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
