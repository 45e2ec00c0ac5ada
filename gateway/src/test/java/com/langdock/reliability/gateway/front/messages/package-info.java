/** Tests of the messages front. */
@NullMarked
package com.langdock.reliability.gateway.front.messages;

import org.jspecify.annotations.NullMarked;
