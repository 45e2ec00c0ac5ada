/** Tests of the traces of requests. */
@NullMarked
package com.langdock.reliability.gateway.tracing;

import org.jspecify.annotations.NullMarked;
