/** Tests of replacing the configuration. */
@NullMarked
package com.langdock.reliability.gateway.reload;

import org.jspecify.annotations.NullMarked;
