package com.langdock.reliability.core.quota;

/**
 * How limits of periods are shared with other processes.
 *
 * @param outageShare thousandths of a limit that this process may use while the store is away
 * @param leaseNanos how long others leave a ceiling to a process that does not renew it
 */
public record CeilingRules(int outageShare, long leaseNanos) {
  private static final int SIXTHS = 6;

  /** Of what is free, processes together draw one part in so many ahead. */
  static final int AHEAD_PART = 4;

  /** Checks that they can be followed. */
  public CeilingRules {
    if (outageShare < 0 || outageShare > SharingRules.WHOLE || leaseNanos < SIXTHS) {
      throw new IllegalArgumentException("no rules: " + outageShare + ", " + leaseNanos);
    }
  }

  /** After so long without renewal a ceiling is given up, before others may take it. */
  long giveUpNanos() {
    return leaseNanos / SIXTHS * (SIXTHS - 1);
  }

  /** A ceiling is renewed so often. */
  long renewNanos() {
    return leaseNanos / SIXTHS;
  }
}
