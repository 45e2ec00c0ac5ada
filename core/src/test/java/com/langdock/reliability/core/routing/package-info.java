/** Tests of plans. */
@NullMarked
package com.langdock.reliability.core.routing;

import org.jspecify.annotations.NullMarked;
