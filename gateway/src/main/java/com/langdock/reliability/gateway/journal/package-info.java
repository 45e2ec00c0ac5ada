/** Records every request with its attempts, waits and decisions, off the event loops. */
@NullMarked
package com.langdock.reliability.gateway.journal;

import org.jspecify.annotations.NullMarked;
