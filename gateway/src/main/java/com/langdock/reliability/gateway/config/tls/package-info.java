/** TLS of our own ports: the files that are configured, what is in them, and what is wrong. */
@NullMarked
package com.langdock.reliability.gateway.config.tls;

import org.jspecify.annotations.NullMarked;
