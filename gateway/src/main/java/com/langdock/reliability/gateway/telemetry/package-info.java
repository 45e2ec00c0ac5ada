/** Log lines and meters of requests, targets, breakers and the process; health. */
@NullMarked
package com.langdock.reliability.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
