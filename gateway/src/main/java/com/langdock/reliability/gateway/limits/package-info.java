/**
 * Asks for each request whether its limits allow it, before its session begins, and settles what it
 * used at the session's end. The limits themselves are {@code core.quota}.
 */
@NullMarked
package com.langdock.reliability.gateway.limits;

import org.jspecify.annotations.NullMarked;
