package com.langdock.reliability.core.resilience;

/**
 * When a circuit breaker opens and closes.
 *
 * @param threshold failures in a row that open it
 * @param failureRate the share of failures in the window that opens it, 0 to 1
 * @param windowNanos length of the window
 * @param minimumCalls calls in the window before the share counts
 * @param openNanos time open before it goes half-open
 * @param halfOpenProbes calls let in at once while half-open; as many successes close it
 */
public record BreakerRules(
    int threshold,
    double failureRate,
    long windowNanos,
    int minimumCalls,
    long openNanos,
    int halfOpenProbes) {}
