/** Tests of when sockets write. */
@NullMarked
package com.langdock.reliability.gateway.loop;

import org.jspecify.annotations.NullMarked;
