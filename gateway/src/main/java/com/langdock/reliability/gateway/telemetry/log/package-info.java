/** Writes log lines, as JSON or as text, without blocking the thread that logs. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.log;

import org.jspecify.annotations.NullMarked;
