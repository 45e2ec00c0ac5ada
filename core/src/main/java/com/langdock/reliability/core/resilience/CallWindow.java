package com.langdock.reliability.core.resilience;

/**
 * Counts the calls and failures of the last window in slices of time. Guarded by its breaker.
 *
 * <p><b>Idea.</b> Errors come back in milliseconds, good answers of a language model after seconds.
 * If calls were counted when they end, a provider that fails one call in five would look dead for
 * as long as its first good answers take. So a call is counted in the slice in which it
 * <i>began</i>, from its beginning on, and a failure is weighed against the calls that began no
 * later than the one that failed: those still in flight count as not failed.
 *
 * <p><b>Late calls.</b> A call that lasts longer than the window is counted when it ends, together
 * with the other late ones: they are weighed against each other only.
 */
final class CallWindow {
  static final int SLICES = 30;

  /** A share of failures over a part of the window counts when there are this many times more. */
  static final int PART_FACTOR = 5;

  private final long sliceNanos;
  private final int[] calls = new int[SLICES];
  private final int[] failures = new int[SLICES];
  private final int[] successes = new int[SLICES];
  private final int[] lateCalls = new int[SLICES];
  private final int[] lateFailures = new int[SLICES];
  private long current;
  private long currentBegan;

  CallWindow(long windowNanos, long now) {
    this.sliceNanos = Math.max(1, windowNanos / SLICES);
    this.currentBegan = now;
  }

  /** Counts a call that begins; returns the number of its slice, by which its end is recorded. */
  long begin(long now) {
    advance(now);
    calls[index(current)]++;
    return current;
  }

  /** Records that a call ended well. */
  void succeeded(long slice, long now) {
    advance(now);
    if (isLate(slice)) {
      lateCalls[index(current)]++;
    } else {
      successes[index(slice)]++;
    }
  }

  /** Records that a call failed. */
  void failed(long slice, long now) {
    advance(now);
    if (isLate(slice)) {
      lateCalls[index(current)]++;
      lateFailures[index(current)]++;
    } else {
      failures[index(slice)]++;
    }
  }

  /** Removes a call whose outcome is ignored. */
  void ignored(long slice, long now) {
    advance(now);
    if (!isLate(slice)) {
      calls[index(slice)]--;
    }
  }

  /** Calls that began within the window, and late ones that ended within it. */
  int calls(long now) {
    advance(now);
    return sum(calls) + sum(lateCalls);
  }

  /** Those of {@link #calls} that failed. */
  int failures(long now) {
    advance(now);
    return sum(failures) + sum(lateFailures);
  }

  /**
   * Whether too large a share failed of the calls that are as old as the one that began in {@code
   * slice}, or older.
   *
   * <p>The share is that of the whole window, or of its newest part where that has many calls, so
   * that a total outage is seen at once although the minute before it was good. Over a part, or
   * over less than a second of calls (a slice), chance alone could reach the rate: then half of the
   * rest to 1 is required on top.
   */
  boolean failsTooOften(long slice, BreakerRules rules) {
    int seen = 0;
    int failed = 0;
    long oldest = current;
    for (long number = slice; number > current - SLICES && number >= 0; number--) {
      seen += calls[index(number)];
      failed += failures[index(number)];
      oldest = calls[index(number)] > 0 ? number : oldest;
      if (seen >= PART_FACTOR * rules.minimumCalls() && reaches(failed, seen, surely(rules))) {
        return true;
      }
    }
    int late = sum(lateCalls);
    seen += late;
    failed += sum(lateFailures);
    boolean lasting = late > 0 || current - oldest >= 2;
    return seen >= rules.minimumCalls()
        && reaches(failed, seen, lasting ? rules.failureRate() : surely(rules));
  }

  /**
   * Whether a run of failures opens the breaker while the window has few calls: most of the calls
   * that are as old as the last of them, or older, must have ended.
   */
  boolean isRunTooLong(int run, long slice, BreakerRules rules) {
    int undecided = 0;
    for (long number = slice; number > current - SLICES && number >= 0; number--) {
      int at = index(number);
      undecided += calls[at] - failures[at] - successes[at];
    }
    return run >= rules.threshold()
        && sum(calls) + sum(lateCalls) < rules.minimumCalls()
        && reaches(run, run + undecided, surely(rules));
  }

  void clear(long now) {
    for (int slice = 0; slice < SLICES; slice++) {
      forget(slice);
    }
    current = 0;
    currentBegan = now;
  }

  private static double surely(BreakerRules rules) {
    return (1 + rules.failureRate()) / 2;
  }

  /** Divided, not multiplied: 7 of 100 must reach a rate of 0.07, but 0.07 * 100 is above 7. */
  private static boolean reaches(int failed, int calls, double rate) {
    return (double) failed / calls >= rate;
  }

  private boolean isLate(long slice) {
    return slice <= current - SLICES;
  }

  private void advance(long now) {
    long steps = (now - currentBegan) / sliceNanos;
    for (long step = 1; step <= Math.min(steps, SLICES); step++) {
      forget(index(current + step));
    }
    if (steps > 0) {
      current += steps;
      currentBegan += steps * sliceNanos;
    }
  }

  private void forget(int slice) {
    calls[slice] = 0;
    failures[slice] = 0;
    successes[slice] = 0;
    lateCalls[slice] = 0;
    lateFailures[slice] = 0;
  }

  private static int index(long slice) {
    return (int) Math.floorMod(slice, (long) SLICES);
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
