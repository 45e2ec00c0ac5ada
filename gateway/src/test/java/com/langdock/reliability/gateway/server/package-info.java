/** Tests of the data port's connections. */
@NullMarked
package com.langdock.reliability.gateway.server;

import org.jspecify.annotations.NullMarked;
