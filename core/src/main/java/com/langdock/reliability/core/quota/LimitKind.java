package com.langdock.reliability.core.quota;

/** What a limit counts. */
public enum LimitKind {
  /** Requests, as a rate. */
  REQUESTS_PER_MINUTE,
  /** Tokens of input and output, as a rate. */
  TOKENS_PER_MINUTE,
  /** Requests that run. */
  CONCURRENT,
  /** Requests of a period. */
  REQUESTS,
  /** Tokens of input and output of a period. */
  TOKENS,
  /** Nanodollars of a period. */
  BUDGET;

  /** Whether it counts for a period, so that it ends with it. */
  public boolean isOfPeriod() {
    return this == REQUESTS || this == TOKENS || this == BUDGET;
  }
}
