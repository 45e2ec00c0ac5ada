/** The data API's HTTP: connections, requests as they arrive, responses as they leave. */
@NullMarked
package com.langdock.reliability.gateway.server;

import org.jspecify.annotations.NullMarked;
