package com.langdock.reliability.core.quota;

/** What is left of a rate: of the whole limit, or of the part of it that this replica drew. */
sealed interface Allowance permits Bucket, RatePool {
  /** The wait for an amount that never fits. */
  long NEVER = -1;

  /** The wait where more has to be drawn from the shared limit before anything can be said. */
  long SHORT = -2;

  /** The wait where the shared limit cannot be asked, and nothing is admitted without it. */
  long UNAVAILABLE = -3;

  /** The limit. */
  Rate rate();

  /**
   * How long {@code amount} must wait, zero when it is admitted now; else one of the constants.
   *
   * @param kept what must stay in the bucket
   */
  long waitNanos(long amount, long kept, long now);

  /** The same for a request that has waited for the shared limit as long as it may. */
  long waitNanosAlone(long amount, long kept, long now);

  /** Takes {@code amount}, whether it is there or not. */
  void take(long amount, long now);

  /** Changes what was taken for a request from {@code reserved} to {@code actual}. */
  void adjust(long reserved, long actual, long now);

  /** How much is left of what {@code kept} leaves; never negative. */
  long left(long kept, long now);

  /** Nanoseconds until it is full. */
  long resetNanos(long now);

  /** Continues what an earlier process left, which is full again at {@code moment}. */
  void fullAt(long moment, long now);

  /** Changes the limit; what was used stays used. */
  void change(Rate next, long now);
}
