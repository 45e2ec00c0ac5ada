/**
 * The gateway against the mock providers over real sockets: what the client saw, and the provider.
 */
@NullMarked
package com.langdock.reliability.e2e;

import org.jspecify.annotations.NullMarked;
