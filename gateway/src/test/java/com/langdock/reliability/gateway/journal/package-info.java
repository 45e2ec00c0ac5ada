/** Tests of the package of the same name. */
@NullMarked
package com.langdock.reliability.gateway.journal;

import org.jspecify.annotations.NullMarked;
