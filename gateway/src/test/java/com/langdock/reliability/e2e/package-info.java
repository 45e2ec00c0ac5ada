/**
 * The gateway against mock providers over real sockets, observed at the client and the provider.
 */
@NullMarked
package com.langdock.reliability.e2e;

import org.jspecify.annotations.NullMarked;
