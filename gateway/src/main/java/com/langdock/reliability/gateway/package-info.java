/** Puts the gateway together, in request order, and starts it. */
@NullMarked
package com.langdock.reliability.gateway;

import org.jspecify.annotations.NullMarked;
