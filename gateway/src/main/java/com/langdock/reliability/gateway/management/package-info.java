/** The management port: metrics, targets and their breakers, health, the log level. */
@NullMarked
package com.langdock.reliability.gateway.management;

import org.jspecify.annotations.NullMarked;
