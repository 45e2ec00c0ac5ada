@NullMarked
package com.langdock.reliability.gateway.provider.forward;

import org.jspecify.annotations.NullMarked;
