package com.langdock.reliability.core.resilience;

/**
 * A snapshot of a circuit breaker.
 *
 * @param why it is in this state
 * @param sinceNanos monotonic moment of the last change
 * @param waitNanos until the breaker may admit a call, 0 when it may now
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
