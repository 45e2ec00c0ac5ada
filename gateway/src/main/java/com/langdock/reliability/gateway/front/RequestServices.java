package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.tracing.Tracing;
import java.util.random.RandomGenerator;

/**
 * What every request of one event loop is served with.
 *
 * @param limits of requests
 * @param memory of all requests, shared by the loops
 * @param tracing where the requests' traces begin
 * @param random for request ids
 */
public record RequestServices(
    Loop loop,
    RequestLimits limits,
    RequestMemory memory,
    Router router,
    SessionFactory sessions,
    Observability observability,
    ResponseHook keeper,
    Tracing tracing,
    RandomGenerator random) {}
