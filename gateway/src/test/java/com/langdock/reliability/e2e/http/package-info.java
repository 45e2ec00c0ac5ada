/** Connections and HTTP on both sides, over real sockets. */
@NullMarked
package com.langdock.reliability.e2e.http;

import org.jspecify.annotations.NullMarked;
