package com.langdock.reliability.core.resilience;

/** Receives changes outside the breaker's lock, on the thread that caused them. */
@FunctionalInterface
public interface BreakerListener {
  /** Ignores all changes. */
  BreakerListener NONE = change -> {};

  /** A breaker changed; must neither block nor throw. */
  void changed(BreakerChange change);
}
