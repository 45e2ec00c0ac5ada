/** The requests that were seen, for tests to ask about. */
@NullMarked
package com.langdock.reliability.mock.log;

import org.jspecify.annotations.NullMarked;
