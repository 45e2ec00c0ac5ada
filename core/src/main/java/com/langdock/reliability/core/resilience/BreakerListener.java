package com.langdock.reliability.core.resilience;

/** Hears of changes, outside the breaker's lock, on the thread that caused them. */
@FunctionalInterface
public interface BreakerListener {
  /** Hears nothing. */
  BreakerListener NONE = change -> {};

  /** A breaker changed; must neither block nor throw. */
  void changed(BreakerChange change);
}
