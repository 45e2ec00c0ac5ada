/** The journal from outside: the management API, and what remains after a process is killed. */
@NullMarked
package com.langdock.reliability.e2e.journal;

import org.jspecify.annotations.NullMarked;
