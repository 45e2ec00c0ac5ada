package com.langdock.reliability.gateway.observability;

import org.jspecify.annotations.Nullable;

/**
 * What logs and metrics say of a request.
 *
 * @param clientRequestId the client's own id, null when it sent none
 * @param model the one asked for; validation has made sure that it is configured
 * @param acceptedAt when its last byte was in, in monotonic nanoseconds
 */
public record RequestInfo(
    String requestId,
    @Nullable String clientRequestId,
    String model,
    boolean stream,
    long acceptedAt) {}
