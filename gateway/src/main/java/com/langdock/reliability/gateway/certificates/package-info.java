/** The certificates of our ports, which follow their files while the gateway runs. */
@NullMarked
package com.langdock.reliability.gateway.certificates;

import org.jspecify.annotations.NullMarked;
