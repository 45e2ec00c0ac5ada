/**
 * The real shell on a fake event loop: connections, session driver, attempts and pools with fake
 * sockets, a manual clock and workers that the test controls. {@code TestGateway} describes how to
 * use it.
 */
@NullMarked
package com.langdock.reliability.gateway.shell;

import org.jspecify.annotations.NullMarked;
