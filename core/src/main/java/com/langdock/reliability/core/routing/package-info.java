/** Step 5 of a request: which targets may answer it, in which order. */
@NullMarked
package com.langdock.reliability.core.routing;

import org.jspecify.annotations.NullMarked;
