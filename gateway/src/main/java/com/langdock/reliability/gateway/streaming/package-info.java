/** Streams between the provider's bytes and the client's: events in, one coherent answer out. */
@NullMarked
package com.langdock.reliability.gateway.streaming;

import org.jspecify.annotations.NullMarked;
