package com.langdock.reliability.core.resilience;

/**
 * A circuit breaker as it was at one moment.
 *
 * @param why it is in this state
 * @param sinceNanos monotonic moment of the last change
 * @param waitNanos until it makes sense to ask it again, 0 when now
 */
public record BreakerSnapshot(
    String breaker,
    BreakerState state,
    String why,
    long sinceNanos,
    long waitNanos,
    int consecutiveFailures,
    int windowCalls,
    int windowFailures) {}
