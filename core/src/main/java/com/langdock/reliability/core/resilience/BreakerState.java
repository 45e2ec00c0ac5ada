package com.langdock.reliability.core.resilience;

/** The state of a circuit breaker. */
public enum BreakerState {
  /** Admits all calls. */
  CLOSED,
  /** Rejects all calls. */
  OPEN,
  /** Admits a few probes. */
  HALF_OPEN
}
