/** Tests of the TLS to clients. */
@NullMarked
package com.langdock.reliability.gateway.tls;

import org.jspecify.annotations.NullMarked;
