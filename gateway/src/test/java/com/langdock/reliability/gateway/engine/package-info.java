/** Tests of streams without a network. */
@NullMarked
package com.langdock.reliability.gateway.engine;

import org.jspecify.annotations.NullMarked;
