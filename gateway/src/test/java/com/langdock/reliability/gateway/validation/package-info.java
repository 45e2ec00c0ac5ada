/** Tests of what a request must be. */
@NullMarked
package com.langdock.reliability.gateway.validation;

import org.jspecify.annotations.NullMarked;
