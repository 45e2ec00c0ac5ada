/** The faults, and the choice of the next one. */
@NullMarked
package com.langdock.reliability.mock.fault;

import org.jspecify.annotations.NullMarked;
