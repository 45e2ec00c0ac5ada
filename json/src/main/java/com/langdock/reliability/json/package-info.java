/** JSON as bytes with the positions of their values, so that unchanged parts are not rewritten. */
@NullMarked
package com.langdock.reliability.json;

import org.jspecify.annotations.NullMarked;
