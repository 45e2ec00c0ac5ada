package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.routing.Plan;

/**
 * What the limits must know of a valid request.
 *
 * @param plan the targets that may answer
 * @param inputTokens an estimate, zero for a request that uses none
 * @param bytes of the request's body
 * @param choices the answers asked for
 * @param outputLimit the most tokens of one answer that the request allows
 */
public record LimitQuestion(
    Caller caller,
    String model,
    Plan plan,
    long inputTokens,
    long bytes,
    int choices,
    long outputLimit) {}
