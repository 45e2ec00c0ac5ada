/** Tests of what a request must be. */
@NullMarked
package com.langdock.reliability.gateway.front.chat;

import org.jspecify.annotations.NullMarked;
