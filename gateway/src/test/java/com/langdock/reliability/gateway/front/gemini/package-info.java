/** Tests of Gemini's API. */
@NullMarked
package com.langdock.reliability.gateway.front.gemini;

import org.jspecify.annotations.NullMarked;
