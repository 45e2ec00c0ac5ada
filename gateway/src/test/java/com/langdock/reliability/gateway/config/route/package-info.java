@NullMarked
package com.langdock.reliability.gateway.config.route;

import org.jspecify.annotations.NullMarked;
