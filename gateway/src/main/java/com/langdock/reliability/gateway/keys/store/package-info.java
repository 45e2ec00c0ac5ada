/** Keys, teams, credits, and who changed them, as they are stored. */
@NullMarked
package com.langdock.reliability.gateway.keys.store;

import org.jspecify.annotations.NullMarked;
