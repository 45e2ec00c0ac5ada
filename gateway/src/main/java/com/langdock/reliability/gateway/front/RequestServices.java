package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.limits.Load;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.Observability;
import java.util.random.RandomGenerator;

/**
 * What the requests of one event loop share, whatever is configured.
 *
 * @param memory of all requests, shared by the loops
 * @param load of this loop
 * @param random for request ids
 */
public record RequestServices(
    EventLoop events,
    RequestMemory memory,
    Load load,
    Observability observability,
    RandomGenerator random) {}
