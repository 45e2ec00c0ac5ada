/** Step 4 of a request: the state machine that is told what happened and says what is next. */
@NullMarked
package com.langdock.reliability.core.session;

import org.jspecify.annotations.NullMarked;
