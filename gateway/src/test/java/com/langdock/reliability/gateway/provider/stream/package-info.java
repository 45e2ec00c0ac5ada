/** Tests of both formats' streams. */
@NullMarked
package com.langdock.reliability.gateway.provider.stream;

import org.jspecify.annotations.NullMarked;
