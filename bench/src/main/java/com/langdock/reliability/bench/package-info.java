/**
 * Loads a gateway with streams and with requests at a fixed rate; a bare relay to lay it against.
 */
@NullMarked
package com.langdock.reliability.bench;

import org.jspecify.annotations.NullMarked;
