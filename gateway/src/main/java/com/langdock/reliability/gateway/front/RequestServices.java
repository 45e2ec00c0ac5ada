package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.util.random.RandomGenerator;

/**
 * Collaborators shared by all requests on one event loop.
 *
 * @param limits of requests
 * @param memory of all requests, shared by the loops
 * @param watcher creates the observer of each request
 * @param random for request ids
 */
public record RequestServices(
    Loop loop,
    RequestLimits limits,
    RequestMemory memory,
    Router router,
    SessionFactory sessions,
    Observability observability,
    RequestWatcher watcher,
    RandomGenerator random) {}
