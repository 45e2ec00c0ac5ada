package com.langdock.reliability.gateway.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * A request that was refused before its body was validated.
 *
 * @param clientRequestId the client's own id, null when it sent none
 * @param status of the HTTP response
 * @param code the error's code, such as {@code request_too_large}
 * @param clientAddress the IP address it came from, null when the client has left
 */
public record EarlyRefusal(
    String requestId,
    @Nullable String clientRequestId,
    int status,
    String code,
    @Nullable String clientAddress) {}
