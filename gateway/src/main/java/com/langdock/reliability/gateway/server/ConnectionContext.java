package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Ticker;
import java.util.function.Consumer;

/**
 * The collaborators shared by all client connections of one event loop.
 *
 * @param handler answers their requests
 * @param bugs receives unexpected exceptions
 */
record ConnectionContext(RequestHandler handler, Ticker ticker, Consumer<Throwable> bugs) {}
