/** Loads a gateway with streams, and a bare relay to lay it against. */
@NullMarked
package com.langdock.reliability.bench;

import org.jspecify.annotations.NullMarked;
