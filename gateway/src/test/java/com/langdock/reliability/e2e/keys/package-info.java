/** Stored keys and teams, over the management port of whole gateways. */
@NullMarked
package com.langdock.reliability.e2e.keys;

import org.jspecify.annotations.NullMarked;
