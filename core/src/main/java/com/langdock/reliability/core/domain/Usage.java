package com.langdock.reliability.core.domain;

/**
 * The tokens used by an answer.
 *
 * <p>Every count lies between zero and {@link #MAX_TOKENS}, and a part is never larger than its
 * whole: reported counts beyond that are cut here, so that no sum or cost can overflow.
 *
 * @param inputTokens of the prompt, those read from a cache or written to one included
 * @param cachedInputTokens of them, those read from a cache
 * @param outputTokens of the answer, reasoning included
 * @param details what a price may depend on besides
 */
public record Usage(
    long inputTokens, long cachedInputTokens, long outputTokens, UsageDetails details) {
  /** More tokens than any request can have. */
  public static final long MAX_TOKENS = 1_000_000_000;

  /** The estimate for texts whose encoding is not known. */
  public static final int CHARACTERS_PER_TOKEN = 4;

  /** No tokens used, or none known. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Cuts impossible counts. */
  public Usage {
    inputTokens = within(inputTokens, MAX_TOKENS);
    cachedInputTokens = within(cachedInputTokens, inputTokens);
    outputTokens = within(outputTokens, MAX_TOKENS);
    details = details.within(inputTokens - cachedInputTokens, outputTokens);
  }

  /** Usage without details. */
  public Usage(long inputTokens, long cachedInputTokens, long outputTokens) {
    this(inputTokens, cachedInputTokens, outputTokens, UsageDetails.NONE);
  }

  /** The tokens that this many characters are likely to be, rounded up. */
  public static long estimatedTokens(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  /** {@code count}, or the nearest of zero and {@code most} where it lies outside. */
  static long within(long count, long most) {
    return Math.max(0, Math.min(count, most));
  }

  /** Whether no tokens are recorded. */
  public boolean isNone() {
    return totalTokens() == 0;
  }

  /** Input and output together. */
  public long totalTokens() {
    return inputTokens + outputTokens;
  }

  /** The same with another number of output tokens. */
  public Usage withOutputTokens(long tokens) {
    return tokens == outputTokens
        ? this
        : new Usage(inputTokens, cachedInputTokens, tokens, details);
  }

  /** The sum of this and {@code other}. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        cachedInputTokens + other.cachedInputTokens,
        outputTokens + other.outputTokens,
        details.plus(other.details));
  }
}
