/** Tests of the messages front. */
@NullMarked
package com.langdock.reliability.gateway.front.responses;

import org.jspecify.annotations.NullMarked;
