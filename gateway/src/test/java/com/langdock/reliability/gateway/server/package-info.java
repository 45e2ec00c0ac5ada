/** Tests of how a client's bytes are kept. */
@NullMarked
package com.langdock.reliability.gateway.server;

import org.jspecify.annotations.NullMarked;
