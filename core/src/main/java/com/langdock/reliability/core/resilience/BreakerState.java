package com.langdock.reliability.core.resilience;

/** What a circuit breaker does with calls. */
public enum BreakerState {
  /** Lets all in. */
  CLOSED,
  /** Lets none in. */
  OPEN,
  /** Lets a few probes in to find out. */
  HALF_OPEN
}
