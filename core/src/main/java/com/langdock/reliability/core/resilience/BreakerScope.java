package com.langdock.reliability.core.resilience;

/** What one circuit breaker stands for. */
public enum BreakerScope {
  /** All targets of a provider. */
  PROVIDER,
  /** One target. */
  TARGET
}
