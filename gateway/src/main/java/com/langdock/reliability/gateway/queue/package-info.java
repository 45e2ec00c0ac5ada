/** A queue through which event loops hand work to a thread of its own, without a lock. */
@NullMarked
package com.langdock.reliability.gateway.queue;

import org.jspecify.annotations.NullMarked;
