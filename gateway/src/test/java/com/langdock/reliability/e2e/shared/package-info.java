/** Several gateways that share limits through a real Redis. */
@NullMarked
package com.langdock.reliability.e2e.shared;

import org.jspecify.annotations.NullMarked;
