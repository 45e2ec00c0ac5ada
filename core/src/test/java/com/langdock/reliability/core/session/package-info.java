/** Tests of the session under manual time. */
@NullMarked
package com.langdock.reliability.core.session;

import org.jspecify.annotations.NullMarked;
