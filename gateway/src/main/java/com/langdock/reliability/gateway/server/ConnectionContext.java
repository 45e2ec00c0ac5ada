package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Ticker;
import java.util.function.Consumer;

/**
 * The collaborators shared by all client connections of one event loop.
 *
 * @param handler answers their requests
 * @param bodies lends the arrays of large bodies
 * @param bugs receives unexpected exceptions
 */
record ConnectionContext(
    RequestHandler handler, Ticker ticker, Body.Lender bodies, Consumer<Throwable> bugs) {}
