@NullMarked
package com.langdock.reliability.gateway.front.forward;

import org.jspecify.annotations.NullMarked;
