/** The data API's HTTP: connections, requests as they arrive, responses as they leave. */
@NullMarked
package com.langdock.reliability.gateway.api.connection;

import org.jspecify.annotations.NullMarked;
