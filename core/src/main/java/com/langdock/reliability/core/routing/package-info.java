/** Makes the plan of a request: its targets, best first. */
@NullMarked
package com.langdock.reliability.core.routing;

import org.jspecify.annotations.NullMarked;
