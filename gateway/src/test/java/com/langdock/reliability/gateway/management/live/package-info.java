/** Tests of the figures of the last minutes. */
@NullMarked
package com.langdock.reliability.gateway.management.live;

import org.jspecify.annotations.NullMarked;
