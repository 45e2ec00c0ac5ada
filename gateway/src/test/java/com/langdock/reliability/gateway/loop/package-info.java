/** Tests of the event loop. */
@NullMarked
package com.langdock.reliability.gateway.loop;

import org.jspecify.annotations.NullMarked;
