/** Writes down every request, with what was tried and why; off the event loops. */
@NullMarked
package com.langdock.reliability.gateway.journal;

import org.jspecify.annotations.NullMarked;
