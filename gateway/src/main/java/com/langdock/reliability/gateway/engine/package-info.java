/** Step 3 of a request: drives the session. Attempts, timers, delivery; no policy. */
@NullMarked
package com.langdock.reliability.gateway.engine;

import org.jspecify.annotations.NullMarked;
