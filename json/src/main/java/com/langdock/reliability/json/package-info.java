/**
 * JSON as bytes that know where their values stand, so that what need not change is not rewritten.
 */
@NullMarked
package com.langdock.reliability.json;

import org.jspecify.annotations.NullMarked;
