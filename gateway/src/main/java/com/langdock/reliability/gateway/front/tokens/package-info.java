/** Counts the tokens of a prompt before any provider is called. */
@NullMarked
package com.langdock.reliability.gateway.front.tokens;

import org.jspecify.annotations.NullMarked;
