package com.langdock.reliability.core.resilience;

/**
 * A circuit breaker changed its state.
 *
 * @param breaker its name: a provider, or {@code provider/model}
 * @param now monotonic nanoseconds
 */
public record BreakerChange(
    String breaker, BreakerState from, BreakerState to, String why, long now) {}
