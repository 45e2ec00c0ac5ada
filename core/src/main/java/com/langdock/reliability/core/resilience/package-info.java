/** Decides whether a target may be tried now: circuit breakers, pauses and retry budgets. */
@NullMarked
package com.langdock.reliability.core.resilience;

import org.jspecify.annotations.NullMarked;
