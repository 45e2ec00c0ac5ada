/** Beside a request's way: hears what sessions and breakers do, and logs and measures it. */
@NullMarked
package com.langdock.reliability.gateway.observability;

import org.jspecify.annotations.NullMarked;
