/** What can go wrong on purpose, and the choice of what goes wrong next. */
@NullMarked
package com.langdock.reliability.mock.fault;

import org.jspecify.annotations.NullMarked;
