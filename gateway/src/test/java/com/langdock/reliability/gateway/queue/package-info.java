/** Tests of the event loop. */
@NullMarked
package com.langdock.reliability.gateway.queue;

import org.jspecify.annotations.NullMarked;
