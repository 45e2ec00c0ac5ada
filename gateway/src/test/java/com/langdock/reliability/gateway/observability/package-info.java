/** Tests of what the gateway says of itself. */
@NullMarked
package com.langdock.reliability.gateway.observability;

import org.jspecify.annotations.NullMarked;
