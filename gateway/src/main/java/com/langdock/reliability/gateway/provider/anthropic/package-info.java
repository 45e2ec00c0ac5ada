/** The provider format of Anthropic's Messages API. Translates requests and answers. */
@NullMarked
package com.langdock.reliability.gateway.provider.anthropic;

import org.jspecify.annotations.NullMarked;
