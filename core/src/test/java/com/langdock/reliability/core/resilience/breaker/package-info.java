/** Tests of circuit breakers. */
@NullMarked
package com.langdock.reliability.core.resilience.breaker;

import org.jspecify.annotations.NullMarked;
