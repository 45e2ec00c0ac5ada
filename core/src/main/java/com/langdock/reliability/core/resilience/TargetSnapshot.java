package com.langdock.reliability.core.resilience;

import com.langdock.reliability.core.domain.Target;

/**
 * A snapshot of a target.
 *
 * @param pauseNanos left of the pause, 0 when there is none
 */
public record TargetSnapshot(Target target, BreakerSnapshot breaker, long pauseNanos) {
  /** Whether an attempt could begin. */
  public boolean isReady() {
    return pauseNanos <= 0 && breaker.waitNanos() <= 0;
  }
}
