/** The configuration of who may use the ports, and for how much. */
@NullMarked
package com.langdock.reliability.gateway.config.access;

import org.jspecify.annotations.NullMarked;
