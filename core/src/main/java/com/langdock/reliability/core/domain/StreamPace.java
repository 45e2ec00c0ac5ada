package com.langdock.reliability.core.domain;

/**
 * The pace of an attempt's stream, measured from its first content on.
 *
 * @param chunks that came after the first content
 * @param nanos from the first content to the last chunk
 * @param longestGapNanos the longest time between two chunks
 */
public record StreamPace(int chunks, long nanos, long longestGapNanos) {}
