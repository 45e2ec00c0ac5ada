package com.langdock.reliability.core.resilience;

/** Whether a breaker guards a whole provider or one target. */
public enum BreakerScope {
  /** All targets of a provider: it cannot be reached, or does not accept the credential. */
  PROVIDER,
  /** One target: its answers fail. */
  TARGET
}
