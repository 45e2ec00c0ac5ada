/** Google's generateContent format. */
@NullMarked
package com.langdock.reliability.mock.format.gemini;

import org.jspecify.annotations.NullMarked;
