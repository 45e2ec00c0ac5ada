package com.langdock.reliability.core.quota;

/** What was used of one unit in one period, and what requests that run hold. Sums saturate. */
final class Ledger {
  private long before;
  private long spent;
  private long held;

  /** What earlier processes used. */
  void before(long amount) {
    before = amount;
  }

  /** What this process has settled. */
  long spent() {
    return spent;
  }

  /** What open reservations hold. */
  long held() {
    return held;
  }

  /** What was settled, by this process and earlier ones. */
  long settled() {
    return plus(before, spent);
  }

  /** What this process has settled or holds. */
  long own() {
    return plus(spent, held);
  }

  /** What was settled or is held. */
  long used() {
    return plus(settled(), held);
  }

  /** Whether {@code amount} more is within {@code limit}. */
  boolean admits(long amount, long limit) {
    return plus(used(), amount) <= limit;
  }

  void hold(long amount) {
    held += amount;
  }

  /** Replaces what was held by what it was in the end. */
  void settle(long reserved, long actual) {
    held -= reserved;
    spent = plus(spent, actual);
  }

  /** What is left of {@code limit}; never negative. */
  long left(long limit) {
    return Math.max(0, limit - used());
  }

  static long plus(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? Long.MAX_VALUE : sum;
  }
}
