/** One event loop: its thread, its timers, and when its sockets write. */
@NullMarked
package com.langdock.reliability.gateway.loop;

import org.jspecify.annotations.NullMarked;
