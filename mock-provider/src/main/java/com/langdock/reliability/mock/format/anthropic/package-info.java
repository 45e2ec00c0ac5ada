/** Anthropic's Messages format. */
@NullMarked
package com.langdock.reliability.mock.format.anthropic;

import org.jspecify.annotations.NullMarked;
