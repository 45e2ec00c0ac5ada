package com.langdock.reliability.gateway.api;

import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.Sessions;
import com.langdock.reliability.gateway.observability.Observability;
import com.langdock.reliability.gateway.orchestration.Loop;
import com.langdock.reliability.gateway.tracing.Tracing;
import com.langdock.reliability.gateway.validation.RequestValidator;
import java.util.random.RandomGenerator;

/**
 * What every chat request of one event loop is served with.
 *
 * @param limits of requests
 * @param memory of all requests, shared by the loops
 * @param tracing where the requests' traces begin
 * @param random for request ids
 */
public record ChatServices(
    Loop loop,
    RequestLimits limits,
    RequestMemory memory,
    RequestValidator validator,
    Router router,
    Sessions sessions,
    Observability observability,
    Keeper keeper,
    Tracing tracing,
    RandomGenerator random) {}
