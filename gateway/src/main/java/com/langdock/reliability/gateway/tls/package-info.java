/** TLS to clients, on both ports: the certificate that is shown, and the handshakes. */
@NullMarked
package com.langdock.reliability.gateway.tls;

import org.jspecify.annotations.NullMarked;
