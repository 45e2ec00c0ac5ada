/** Step 6 of a request: bytes to meaning and back, one codec for each wire format; no I/O. */
@NullMarked
package com.langdock.reliability.gateway.provider;

import org.jspecify.annotations.NullMarked;
