@NullMarked
package com.langdock.reliability.core.quota;

import org.jspecify.annotations.NullMarked;
