package com.langdock.reliability.core.domain;

import java.time.LocalDate;

/**
 * What a model's tokens cost, in millionths of a US dollar per million tokens, so that a price of
 * $0.075 per million tokens is 75,000 and every product is exact.
 *
 * @param cachedInput of input read from the provider's cache
 * @param asOf when the provider's list said so
 */
public record Price(long input, long cachedInput, long output, LocalDate asOf) {
  /** Millionths of millionths of a dollar in a dollar: the unit of what {@link #of} returns. */
  public static final long PICODOLLARS_PER_DOLLAR = 1_000_000_000_000L;

  private static final double MILLIONTHS = 1e6;

  /** A price in dollars per million tokens, to a millionth of a dollar. */
  public static Price perMillion(double input, double cachedInput, double output, LocalDate asOf) {
    return new Price(
        Math.round(input * MILLIONTHS),
        Math.round(cachedInput * MILLIONTHS),
        Math.round(output * MILLIONTHS),
        asOf);
  }

  /** What {@code usage} costs, in picodollars (10^-12 US dollars). */
  public long of(Usage usage) {
    long fresh = usage.inputTokens() - usage.cachedInputTokens();
    return fresh * input + usage.cachedInputTokens() * cachedInput + usage.outputTokens() * output;
  }
}
