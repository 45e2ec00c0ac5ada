/** Traces of real requests, as a collector receives them. */
@NullMarked
package com.langdock.reliability.e2e.traces;

import org.jspecify.annotations.NullMarked;
