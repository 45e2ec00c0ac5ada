/**
 * What all provider formats share: errors classified into failures, and the counts of tokens. Each
 * format is a package below, which no other package but the composition knows; no I/O.
 */
@NullMarked
package com.langdock.reliability.gateway.provider;

import org.jspecify.annotations.NullMarked;
