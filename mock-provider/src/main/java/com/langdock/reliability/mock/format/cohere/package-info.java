/** Cohere's wire format. */
@NullMarked
package com.langdock.reliability.mock.format.cohere;

import org.jspecify.annotations.NullMarked;
