/** The state of responses on real sockets. */
@NullMarked
package com.langdock.reliability.e2e.responses;

import org.jspecify.annotations.NullMarked;
