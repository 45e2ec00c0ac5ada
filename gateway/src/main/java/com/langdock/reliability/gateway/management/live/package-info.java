/** Figures of the last minutes, read from the meters once a second; pure but for their reading. */
@NullMarked
package com.langdock.reliability.gateway.management.live;

import org.jspecify.annotations.NullMarked;
