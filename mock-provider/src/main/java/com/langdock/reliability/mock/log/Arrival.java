package com.langdock.reliability.mock.log;

import java.time.Instant;
import java.util.Map;

/**
 * A request as received.
 *
 * @param monotonicMillis on a clock that never jumps, shared by all providers of one process
 * @param connection the same for all requests of one connection
 * @param headers names in lower case; credentials are masked
 */
public record Arrival(
    Instant time,
    long monotonicMillis,
    String path,
    String connection,
    Map<String, String> headers) {}
