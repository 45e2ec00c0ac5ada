/** Shared by the wire formats: the parsed request, and the text of the answer. */
@NullMarked
package com.langdock.reliability.mock.format;

import org.jspecify.annotations.NullMarked;
