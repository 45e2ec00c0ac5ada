/** Circuit breakers: stop calling what does not work, and find out when it works again. */
@NullMarked
package com.langdock.reliability.core.resilience.breaker;

import org.jspecify.annotations.NullMarked;
