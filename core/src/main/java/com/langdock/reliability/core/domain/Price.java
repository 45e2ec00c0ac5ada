package com.langdock.reliability.core.domain;

import java.time.LocalDate;

/**
 * What a model's tokens cost, in millionths of a US dollar per million tokens, so that a price of
 * $0.075 per million tokens is 75,000 and every product is exact.
 *
 * @param cachedInput of input read from the provider's cache
 * @param terms what changes these prices
 * @param asOf when the provider's list said so
 */
public record Price(long input, long cachedInput, long output, PriceTerms terms, LocalDate asOf) {
  /** Millionths of millionths of a dollar in a dollar: the unit of what {@link #of} returns. */
  public static final long PICODOLLARS_PER_DOLLAR = 1_000_000_000_000L;

  private static final double MILLIONTHS = 1e6;

  /** A price that nothing changes. */
  public Price(long input, long cachedInput, long output, LocalDate asOf) {
    this(input, cachedInput, output, PriceTerms.STANDARD, asOf);
  }

  /** A price in dollars per million tokens, to a millionth of a dollar. */
  public static Price perMillion(double input, double cachedInput, double output, LocalDate asOf) {
    return new Price(
        Math.round(input * MILLIONTHS),
        Math.round(cachedInput * MILLIONTHS),
        Math.round(output * MILLIONTHS),
        asOf);
  }

  /** The same price under other terms. */
  public Price with(PriceTerms other) {
    return new Price(input, cachedInput, output, other, asOf);
  }

  /**
   * What {@code usage} costs, in picodollars (10^-12 US dollars): never negative, and {@link
   * Long#MAX_VALUE} where it would be more.
   */
  public long of(Usage usage) {
    UsageDetails details = usage.details();
    long writes = details.cacheWriteTokens();
    long longWrites = details.longCacheWriteTokens();
    long audio = details.audioInputTokens();
    long fresh = usage.inputTokens() - usage.cachedInputTokens() - writes - longWrites - audio;
    long spoken = details.audioOutputTokens();
    long cost = input(usage, fresh, input);
    cost = plus(cost, input(usage, usage.cachedInputTokens(), cachedInput));
    cost = plus(cost, input(usage, writes, terms.cacheWrite(input)));
    cost = plus(cost, input(usage, longWrites, terms.longCacheWrite(input)));
    cost = plus(cost, input(usage, audio, terms.audioInput(input)));
    cost = plus(cost, output(usage, usage.outputTokens() - spoken, output));
    cost = plus(cost, output(usage, spoken, terms.audioOutput(output)));
    return plus(cost, times(details.webSearches(), terms.webSearch()));
  }

  private long input(Usage usage, long tokens, long price) {
    return times(tokens, terms.inputPrice(price, usage));
  }

  private long output(Usage usage, long tokens, long price) {
    return times(tokens, terms.outputPrice(price, usage));
  }

  private static long times(long count, long price) {
    long product = count * price;
    return Math.multiplyHigh(count, price) != 0 || product < 0 ? Long.MAX_VALUE : product;
  }

  private static long plus(long sum, long part) {
    long both = sum + part;
    return both < 0 ? Long.MAX_VALUE : both;
  }
}
