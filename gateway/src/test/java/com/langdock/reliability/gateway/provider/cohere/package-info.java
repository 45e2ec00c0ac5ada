@NullMarked
package com.langdock.reliability.gateway.provider.cohere;

import org.jspecify.annotations.NullMarked;
