package com.langdock.reliability.gateway.front;

/**
 * What a client's request may take.
 *
 * @param maxBody bytes of a body
 * @param totalNanos from the request's last byte to its answer, every attempt and wait included
 * @param streamTotalNanos the same to the end of a stream
 */
public record RequestLimits(long maxBody, long totalNanos, long streamTotalNanos) {}
