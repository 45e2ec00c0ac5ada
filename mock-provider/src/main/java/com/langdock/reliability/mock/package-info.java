/** The simulated providers: a program, and a server that tests start in their own process. */
@NullMarked
package com.langdock.reliability.mock;

import org.jspecify.annotations.NullMarked;
