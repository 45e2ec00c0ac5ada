package com.langdock.reliability.core.domain;

/**
 * What the price of an answer may depend on besides the number of its tokens.
 *
 * @param cacheWriteTokens of the input, those written to a cache for the usual time
 * @param longCacheWriteTokens of the input, those written to a cache for longer
 * @param audioInputTokens of the input, those that are sound
 * @param audioOutputTokens of the output, those that are sound
 * @param webSearches that the provider made for the answer
 * @param tier how the provider served it
 */
public record UsageDetails(
    long cacheWriteTokens,
    long longCacheWriteTokens,
    long audioInputTokens,
    long audioOutputTokens,
    long webSearches,
    Tier tier) {
  /** An answer that only has tokens. */
  public static final UsageDetails NONE = new UsageDetails(0, 0, 0, 0, 0, Tier.STANDARD);

  /** More searches than any request can make. */
  private static final long MAX_SEARCHES = 1_000_000;

  /** How a provider served a request. */
  public enum Tier {
    /** As usual. */
    STANDARD,
    /** Before others, or faster. */
    PRIORITY,
    /** When there was room. */
    FLEX
  }

  /** These details with no part larger than its whole; writes come before sound. */
  UsageDetails within(long input, long output) {
    if (equals(NONE)) {
      return NONE;
    }
    long writes = Usage.within(cacheWriteTokens, input);
    long longWrites = Usage.within(longCacheWriteTokens, input - writes);
    return new UsageDetails(
        writes,
        longWrites,
        Usage.within(audioInputTokens, input - writes - longWrites),
        Usage.within(audioOutputTokens, output),
        Usage.within(webSearches, MAX_SEARCHES),
        tier);
  }

  /** The sum of both; the tier where they agree, else the usual one. */
  UsageDetails plus(UsageDetails other) {
    if (other.equals(NONE) && tier == Tier.STANDARD) {
      return this;
    }
    return new UsageDetails(
        cacheWriteTokens + other.cacheWriteTokens,
        longCacheWriteTokens + other.longCacheWriteTokens,
        audioInputTokens + other.audioInputTokens,
        audioOutputTokens + other.audioOutputTokens,
        webSearches + other.webSearches,
        tier == other.tier ? tier : Tier.STANDARD);
  }
}
