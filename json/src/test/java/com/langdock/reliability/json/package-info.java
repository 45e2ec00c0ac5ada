/** Tests of JSON that stays where it is. */
@NullMarked
package com.langdock.reliability.json;

import org.jspecify.annotations.NullMarked;
