package com.langdock.reliability.gateway.front;

/**
 * What the gateway adds to an answer, its usage and text aside.
 *
 * @param attempts made, the successful one included
 * @param latencyMillis from the request's last byte in to the answer's first byte out
 * @param createdAtMillis when the request was accepted, since 1970
 */
public record AnswerFacts(
    String requestId, String provider, int attempts, long latencyMillis, long createdAtMillis) {}
