/**
 * The front for OpenAI's chat completions: validates and reads requests, and writes answers,
 * streams and errors. No HTTP.
 */
@NullMarked
package com.langdock.reliability.gateway.front.chat;

import org.jspecify.annotations.NullMarked;
