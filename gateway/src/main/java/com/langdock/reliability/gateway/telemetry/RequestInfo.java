package com.langdock.reliability.gateway.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What observers know of a request from its start.
 *
 * @param clientRequestId the client's own id, null when it sent none
 * @param clientId the client's name for itself, null when it sent none
 * @param model the one asked for; validation has made sure that it is configured
 * @param acceptedAt when its last byte was in, in monotonic nanoseconds
 * @param acceptedAtMillis the same moment in milliseconds since 1970
 * @param traceId of the trace that it belongs to, null when there is none
 */
public record RequestInfo(
    String requestId,
    @Nullable String clientRequestId,
    @Nullable String clientId,
    String model,
    boolean stream,
    long acceptedAt,
    long acceptedAtMillis,
    @Nullable String traceId) {}
