/** Beside a request's way: its part of a distributed trace, taken from and handed to others. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
