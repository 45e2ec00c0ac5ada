/** Translates a chat completion request into one for Anthropic's Messages API. */
@NullMarked
package com.langdock.reliability.gateway.provider.anthropic.request;

import org.jspecify.annotations.NullMarked;
