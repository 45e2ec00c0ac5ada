/** Tests of counting tokens. */
@NullMarked
package com.langdock.reliability.gateway.front.tokens;

import org.jspecify.annotations.NullMarked;
