/**
 * Draws this replica's part of shared rates and slots from Redis, on one thread. What is drawn and
 * what follows from the answers is {@code core.quota}.
 */
@NullMarked
package com.langdock.reliability.gateway.shared;

import org.jspecify.annotations.NullMarked;
