/** Tests of breakers, pauses, budgets and back-off, by name and against naive models. */
@NullMarked
package com.langdock.reliability.core.resilience;

import org.jspecify.annotations.NullMarked;
