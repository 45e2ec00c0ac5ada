package com.langdock.reliability.core.quota;

/**
 * What this process has settled for one subject in one period so far.
 *
 * @param key of the period
 * @param alerted the highest part of the budget, in thousandths, that was reported
 * @param buckets how long the buckets need to be full; only in the total of all time
 */
public record UsageTotal(
    Subject subject, Period period, String key, Sums sums, int alerted, Buckets buckets) {

  /** Nothing used. */
  static UsageTotal none(Subject subject, Period period, String key) {
    return new UsageTotal(subject, period, key, Sums.NONE, 0, Buckets.FULL);
  }

  /**
   * Sums of usage.
   *
   * @param cachedInputTokens of the input, those read from a cache
   */
  public record Sums(
      long requests,
      long inputTokens,
      long cachedInputTokens,
      long outputTokens,
      long nanodollars) {
    /** Nothing used. */
    public static final Sums NONE = new Sums(0, 0, 0, 0, 0);

    /** Both together. */
    public Sums plus(Sums other) {
      return new Sums(
          Ledger.plus(requests, other.requests),
          Ledger.plus(inputTokens, other.inputTokens),
          Ledger.plus(cachedInputTokens, other.cachedInputTokens),
          Ledger.plus(outputTokens, other.outputTokens),
          Ledger.plus(nanodollars, other.nanodollars));
    }
  }

  /**
   * Nanoseconds until the buckets of a subject are full.
   *
   * @param requests zero when it is full, or has no limit
   * @param tokens likewise
   */
  public record Buckets(long requests, long tokens) {
    /** Both are full. */
    public static final Buckets FULL = new Buckets(0, 0);
  }
}
