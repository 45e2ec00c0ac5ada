/** Tests of the traces of requests. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
