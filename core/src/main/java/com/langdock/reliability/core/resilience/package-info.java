/** Step 5 of a request: may a target be tried now, and when again? Gates, pauses, budgets. */
@NullMarked
package com.langdock.reliability.core.resilience;

import org.jspecify.annotations.NullMarked;
