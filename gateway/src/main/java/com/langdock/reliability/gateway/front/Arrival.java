package com.langdock.reliability.gateway.front;

/**
 * When the last byte of a request was in.
 *
 * @param nanos monotonic
 * @param unixMillis the same moment in milliseconds since 1970
 */
record Arrival(long nanos, long unixMillis) {}
