package com.langdock.reliability.bench;

import java.util.Locale;

/** What a load saw in one window of time; written by one thread. */
final class Tally {
  private static final int OK = 200;

  private final Lateness answers;
  private final Lateness own;
  private long answered;
  private long failed;

  /** With room for so many answers. */
  Tally(int room) {
    answers = new Lateness(room);
    own = new Lateness(room);
  }

  /** An answer, or 0 where a connection ended instead. */
  void answered(int status, long nanosSinceDue) {
    answers.add(nanosSinceDue);
    answered++;
    if (status != OK) {
      failed++;
    }
  }

  /**
   * A request left so long after it was due although a connection was free: the load's own fault.
   */
  void sentLate(long nanos) {
    own.add(nanos);
  }

  /**
   * Median, 99 % and highest in milliseconds, failures, answers, and 99 % of the load's own delay.
   */
  String line() {
    return String.format(
        Locale.ROOT,
        "%.3f %.3f %.3f %d %d %.3f",
        answers.millis(0.5),
        answers.millis(0.99),
        answers.millis(1),
        failed,
        answered,
        own.millis(0.99));
  }
}
