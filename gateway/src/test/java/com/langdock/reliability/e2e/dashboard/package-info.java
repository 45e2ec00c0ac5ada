/** The dashboard in a real browser, before a real gateway. */
@NullMarked
package com.langdock.reliability.e2e.dashboard;

import org.jspecify.annotations.NullMarked;
