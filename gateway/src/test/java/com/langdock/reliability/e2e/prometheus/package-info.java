/** A real Prometheus and its promtool, where they are installed. */
@NullMarked
package com.langdock.reliability.e2e.prometheus;

import org.jspecify.annotations.NullMarked;
