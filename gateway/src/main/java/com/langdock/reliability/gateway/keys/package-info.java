/** Keys and teams of the store: what is known of them in memory, and how they are changed. */
@NullMarked
package com.langdock.reliability.gateway.keys;

import org.jspecify.annotations.NullMarked;
