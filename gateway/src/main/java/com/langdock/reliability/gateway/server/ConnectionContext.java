package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Ticker;
import java.util.function.Consumer;

/**
 * What all client connections of one event loop share.
 *
 * @param handler answers their requests
 * @param bugs is told of exceptions that nobody expected
 */
record ConnectionContext(RequestHandler handler, Ticker ticker, Consumer<Throwable> bugs) {}
