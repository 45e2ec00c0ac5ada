package com.langdock.reliability.core.resilience;

import java.util.Set;
import java.util.function.Function;

/**
 * The configured rules of all targets.
 *
 * @param breaker the rules of a provider's breakers, by its name
 * @param scopes which breakers there are: of providers, of targets, or both; at least one
 * @param budgetRatio repeats that each request adds to its provider's budget
 * @param budgetPerSecond repeats that each second adds to it
 * @param maxPauseNanos the longest pause
 */
public record TargetRules(
    Function<String, BreakerRules> breaker,
    Set<BreakerScope> scopes,
    double budgetRatio,
    double budgetPerSecond,
    long maxPauseNanos) {
  /** Keeps an immutable copy. */
  public TargetRules {
    scopes = Set.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("there must be breakers of providers or of targets");
    }
  }
}
