/** Tests of who may ask for what. */
@NullMarked
package com.langdock.reliability.core.access;

import org.jspecify.annotations.NullMarked;
