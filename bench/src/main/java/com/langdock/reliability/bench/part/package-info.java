/** Measures the parts of a request's way one by one, with JMH. */
@NullMarked
package com.langdock.reliability.bench.part;

import org.jspecify.annotations.NullMarked;
