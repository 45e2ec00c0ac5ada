/** OpenAI's Chat Completions format. */
@NullMarked
package com.langdock.reliability.mock.format.openai;

import org.jspecify.annotations.NullMarked;
