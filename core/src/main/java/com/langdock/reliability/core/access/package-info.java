/** Who asks, and what they may ask for. */
@NullMarked
package com.langdock.reliability.core.access;

import org.jspecify.annotations.NullMarked;
