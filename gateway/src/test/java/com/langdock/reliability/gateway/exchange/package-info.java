/** Tests of the exchange types, and of the streams of all provider formats. */
@NullMarked
package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.NullMarked;
