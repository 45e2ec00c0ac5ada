/** Tests of what the gateway says of itself. */
@NullMarked
package com.langdock.reliability.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
