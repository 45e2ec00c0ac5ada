package com.langdock.reliability.core.domain;

/**
 * What modifies a model's price. Factors are in thousandths: 1,250 is one and a quarter times.
 *
 * @param cacheWrite the factor on input that is written to a cache for the usual time
 * @param longCacheWrite the factor on input that is written to a cache for longer
 * @param audio the prices of sound
 * @param longPrompt what a long prompt changes
 * @param priority the factor on everything when the provider served before others
 * @param flex the factor on everything when the provider served when there was room
 * @param webSearch what one search costs, in picodollars
 */
public record PriceTerms(
    int cacheWrite,
    int longCacheWrite,
    Audio audio,
    LongPrompt longPrompt,
    int priority,
    int flex,
    long webSearch) {
  /** The factor that changes nothing. */
  public static final int ONE = 1_000;

  /** The largest factor. */
  public static final int MAX_FACTOR = 100 * ONE;

  /** Nothing changes a price. */
  public static final PriceTerms STANDARD =
      new PriceTerms(ONE, ONE, Audio.AS_TEXT, LongPrompt.NONE, ONE, ONE, 0);

  /**
   * What sound costs, in millionths of a dollar per million tokens.
   *
   * @param input zero where it costs what text does
   * @param output zero where it costs what text does
   */
  public record Audio(long input, long output) {
    /** Sound costs what text does. */
    public static final Audio AS_TEXT = new Audio(0, 0);
  }

  /**
   * What a prompt of more than {@code above} tokens changes for the whole request.
   *
   * @param input the factor on input, cached or not
   * @param output the factor on output
   */
  public record LongPrompt(long above, int input, int output) {
    /** Every prompt costs the same. */
    public static final LongPrompt NONE = new LongPrompt(Long.MAX_VALUE, ONE, ONE);
  }

  long cacheWrite(long input) {
    return scaled(input, cacheWrite);
  }

  long longCacheWrite(long input) {
    return scaled(input, longCacheWrite);
  }

  long audioInput(long input) {
    return audio.input() == 0 ? input : audio.input();
  }

  long audioOutput(long output) {
    return audio.output() == 0 ? output : audio.output();
  }

  /** {@code price} for input of {@code usage}, in the same unit. */
  long inputPrice(long price, Usage usage) {
    return scaled(isLong(usage) ? scaled(price, longPrompt.input()) : price, tier(usage));
  }

  /** {@code price} for output of {@code usage}, in the same unit. */
  long outputPrice(long price, Usage usage) {
    return scaled(isLong(usage) ? scaled(price, longPrompt.output()) : price, tier(usage));
  }

  private boolean isLong(Usage usage) {
    return usage.inputTokens() > longPrompt.above();
  }

  private int tier(Usage usage) {
    return switch (usage.details().tier()) {
      case STANDARD -> ONE;
      case PRIORITY -> priority;
      case FLEX -> flex;
    };
  }

  private static long scaled(long price, int factor) {
    return factor == ONE ? price : price * factor / ONE;
  }
}
