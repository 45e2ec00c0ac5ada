/** Tests of streams without a network. */
@NullMarked
package com.langdock.reliability.gateway.streaming;

import org.jspecify.annotations.NullMarked;
