/** The HTTP client to providers: pools, connecting, sending, cancelling. */
@NullMarked
package com.langdock.reliability.gateway.upstream;

import org.jspecify.annotations.NullMarked;
