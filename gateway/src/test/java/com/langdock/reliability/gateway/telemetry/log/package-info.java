/** Tests of the log lines and of the thread that writes them. */
@NullMarked
package com.langdock.reliability.gateway.telemetry.log;

import org.jspecify.annotations.NullMarked;
