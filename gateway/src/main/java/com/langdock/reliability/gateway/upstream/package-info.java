/** Step 7 of a request: the HTTP client. Pools, connect, send, cancel. */
@NullMarked
package com.langdock.reliability.gateway.upstream;

import org.jspecify.annotations.NullMarked;
