/** Tests of keys and teams of the store. */
@NullMarked
package com.langdock.reliability.gateway.keys;

import org.jspecify.annotations.NullMarked;
