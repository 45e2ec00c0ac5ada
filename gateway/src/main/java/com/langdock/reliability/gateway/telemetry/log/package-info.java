/** Writes log lines, as JSON or for people, without ever holding up the thread that logs. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.log;

import org.jspecify.annotations.NullMarked;
