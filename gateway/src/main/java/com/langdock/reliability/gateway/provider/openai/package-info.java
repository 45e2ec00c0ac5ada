/** The codec for OpenAI Chat Completions and every API that is compatible with it. */
@NullMarked
package com.langdock.reliability.gateway.provider.openai;

import org.jspecify.annotations.NullMarked;
