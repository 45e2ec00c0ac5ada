/** The state machine of a request: the driver reports events, the session returns the next step. */
@NullMarked
package com.langdock.reliability.core.session;

import org.jspecify.annotations.NullMarked;
