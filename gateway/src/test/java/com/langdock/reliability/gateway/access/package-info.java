/** Tests of what is let in, and what is answered. */
@NullMarked
package com.langdock.reliability.gateway.access;

import org.jspecify.annotations.NullMarked;
