/** The scripts of the gateway, beside the limits that they are to decide like. */
@NullMarked
package com.langdock.reliability.core.quota;

import org.jspecify.annotations.NullMarked;
