/** The distributed trace of a request: read from the client, passed on to providers. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
