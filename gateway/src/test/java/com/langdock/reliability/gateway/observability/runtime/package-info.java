/** Tests of what looks after the process. */
@NullMarked
package com.langdock.reliability.gateway.observability.runtime;

import org.jspecify.annotations.NullMarked;
