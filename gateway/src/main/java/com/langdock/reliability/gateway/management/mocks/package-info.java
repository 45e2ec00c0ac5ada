/** Finds mock providers among the configured ones, and switches their failures. */
@NullMarked
package com.langdock.reliability.gateway.management.mocks;

import org.jspecify.annotations.NullMarked;
