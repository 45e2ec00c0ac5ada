/** Tests of the chat completions front. */
@NullMarked
package com.langdock.reliability.gateway.front.chat;

import org.jspecify.annotations.NullMarked;
