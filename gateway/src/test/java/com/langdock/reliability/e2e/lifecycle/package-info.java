/** Starts and stops gateways from outside, with signals. */
@NullMarked
package com.langdock.reliability.e2e.lifecycle;

import org.jspecify.annotations.NullMarked;
