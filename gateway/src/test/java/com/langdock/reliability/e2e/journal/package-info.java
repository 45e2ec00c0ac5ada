/** The journal from outside: what the management API tells, and what outlives a killed process. */
@NullMarked
package com.langdock.reliability.e2e.journal;

import org.jspecify.annotations.NullMarked;
