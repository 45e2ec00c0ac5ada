/** The configuration of what is passed on as it is. */
@NullMarked
package com.langdock.reliability.gateway.config.route;

import org.jspecify.annotations.NullMarked;
