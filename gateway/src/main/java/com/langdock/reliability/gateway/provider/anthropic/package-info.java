/** The codec for Anthropic's Messages API: a translation in both directions. */
@NullMarked
package com.langdock.reliability.gateway.provider.anthropic;

import org.jspecify.annotations.NullMarked;
