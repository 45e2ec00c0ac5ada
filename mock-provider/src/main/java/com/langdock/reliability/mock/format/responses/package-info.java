/** OpenAI's Responses. */
@NullMarked
package com.langdock.reliability.mock.format.responses;

import org.jspecify.annotations.NullMarked;
