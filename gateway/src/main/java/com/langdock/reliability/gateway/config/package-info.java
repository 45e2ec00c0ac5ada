/** Turns a configuration file into immutable records, or into all of its problems at once. */
@NullMarked
package com.langdock.reliability.gateway.config;

import org.jspecify.annotations.NullMarked;
