/** Tests of the management port. */
@NullMarked
package com.langdock.reliability.gateway.management;

import org.jspecify.annotations.NullMarked;
