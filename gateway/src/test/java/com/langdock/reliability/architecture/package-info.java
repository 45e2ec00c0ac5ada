/** Holds the shape of the house: who may use whom, and how large things get. */
@NullMarked
package com.langdock.reliability.architecture;

import org.jspecify.annotations.NullMarked;
