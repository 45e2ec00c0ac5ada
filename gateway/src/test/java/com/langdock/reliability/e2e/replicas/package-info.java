/** Several gateways that share stores, and stores that fail. */
@NullMarked
package com.langdock.reliability.e2e.replicas;

import org.jspecify.annotations.NullMarked;
