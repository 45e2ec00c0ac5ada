/** The format of Google's generateContent. */
@NullMarked
package com.langdock.reliability.gateway.provider.gemini;

import org.jspecify.annotations.NullMarked;
