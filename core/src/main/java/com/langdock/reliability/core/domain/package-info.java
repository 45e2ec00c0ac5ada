/** The words everyone shares: request, target, attempt, failure, usage, deadline. */
@NullMarked
package com.langdock.reliability.core.domain;

import org.jspecify.annotations.NullMarked;
