/** Meters that are read when Prometheus asks: the process, and which targets are ready. */
@NullMarked
package com.langdock.reliability.gateway.observability.runtime;

import org.jspecify.annotations.NullMarked;
