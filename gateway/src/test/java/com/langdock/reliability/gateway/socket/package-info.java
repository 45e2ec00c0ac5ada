/** Tests of when sockets write. */
@NullMarked
package com.langdock.reliability.gateway.socket;

import org.jspecify.annotations.NullMarked;
