/** The format of OpenAI's Responses, and the choice between it and Chat Completions. */
@NullMarked
package com.langdock.reliability.gateway.provider.responses;

import org.jspecify.annotations.NullMarked;
