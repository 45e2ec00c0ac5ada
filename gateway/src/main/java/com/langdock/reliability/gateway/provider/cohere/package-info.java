/**
 * Cohere's chat of API version 2, whose requests and answers differ from OpenAI's in names. No I/O.
 */
@NullMarked
package com.langdock.reliability.gateway.provider.cohere;

import org.jspecify.annotations.NullMarked;
