/** Limits, budgets and usage on real sockets and stores. */
@NullMarked
package com.langdock.reliability.e2e.limits;

import org.jspecify.annotations.NullMarked;
