/**
 * OpenAI's chat completions: what is valid, and the shapes of answers, streams and errors. Pure.
 */
@NullMarked
package com.langdock.reliability.gateway.front.chat;

import org.jspecify.annotations.NullMarked;
