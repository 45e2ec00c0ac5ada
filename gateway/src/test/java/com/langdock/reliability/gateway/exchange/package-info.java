/** Tests of both formats' streams. */
@NullMarked
package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.NullMarked;
