/** What every wire format shares: the request as understood, and the text of the answer. */
@NullMarked
package com.langdock.reliability.mock.format;

import org.jspecify.annotations.NullMarked;
