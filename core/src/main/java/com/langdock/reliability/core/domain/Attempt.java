package com.langdock.reliability.core.domain;

/**
 * One try of a request at one target.
 *
 * @param number 1 for the request's first
 * @param startedAt monotonic nanoseconds
 */
public record Attempt(int number, Target target, long startedAt) {}
