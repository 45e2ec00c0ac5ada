package com.langdock.reliability.core.resilience.breaker;

/**
 * Leave to make one call, to be reported once with how the call ended.
 *
 * @param generation of the breaker that gave it; a report after a change of state is dropped
 * @param probe the number of the probe, 0 for an ordinary call
 */
public record Permit(long generation, long probe) {
  /** Whether the call tries a target whose circuit is half-open. */
  public boolean isProbe() {
    return probe != 0;
  }
}
