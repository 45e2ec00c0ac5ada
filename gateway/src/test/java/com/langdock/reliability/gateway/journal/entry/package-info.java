/** Tests of the package of the same name. */
@NullMarked
package com.langdock.reliability.gateway.journal.entry;

import org.jspecify.annotations.NullMarked;
