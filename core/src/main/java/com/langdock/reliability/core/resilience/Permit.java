package com.langdock.reliability.core.resilience;

/**
 * A permit for one call. Report its outcome exactly once.
 *
 * @param generation of the breaker that gave it; a report after a change of state is dropped
 * @param probe the number of the probe, 0 for an ordinary call
 * @param slice of the breaker's window in which the call began
 */
public record Permit(long generation, long probe, long slice) {
  /** Whether the call tries a target whose circuit is half-open. */
  public boolean isProbe() {
    return probe != 0;
  }
}
