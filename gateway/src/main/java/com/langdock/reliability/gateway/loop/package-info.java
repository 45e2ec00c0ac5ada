/** One event loop: its thread, timers, workers and batched flushes. */
@NullMarked
package com.langdock.reliability.gateway.loop;

import org.jspecify.annotations.NullMarked;
