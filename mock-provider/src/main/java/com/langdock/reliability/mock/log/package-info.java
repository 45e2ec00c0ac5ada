/** The requests that were seen, for tests and GET /stats. */
@NullMarked
package com.langdock.reliability.mock.log;

import org.jspecify.annotations.NullMarked;
