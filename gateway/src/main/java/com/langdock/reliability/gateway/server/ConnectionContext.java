package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.TrustedProxies;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The collaborators shared by all client connections of one event loop.
 *
 * @param handler answers their requests
 * @param bodies lends the arrays of large bodies
 * @param proxies whose word counts for where a request comes from
 * @param bugs receives unexpected exceptions
 */
record ConnectionContext(
    RequestHandler handler,
    Ticker ticker,
    Body.Lender bodies,
    Supplier<TrustedProxies> proxies,
    Consumer<Throwable> bugs) {}
