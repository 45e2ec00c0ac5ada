/** The provider format of OpenAI Chat Completions and compatible APIs. */
@NullMarked
package com.langdock.reliability.gateway.provider.openai;

import org.jspecify.annotations.NullMarked;
