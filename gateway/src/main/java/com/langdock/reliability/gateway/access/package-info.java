/** Who may use the data port, and what they may ask for. */
@NullMarked
package com.langdock.reliability.gateway.access;

import org.jspecify.annotations.NullMarked;
