package com.langdock.reliability.core.resilience;

/** The outcome of a call, as a circuit breaker records it. */
public enum Outcome {
  /** The provider works. */
  SUCCESS,
  /** The provider failed. */
  FAILURE,
  /** Nothing can be learned from it. */
  IGNORE,
  /**
   * The provider will not work soon (a bad credential, a used-up quota): open at once, for long.
   */
  OPEN
}
