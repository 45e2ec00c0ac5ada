/** What the sockets of both sides share: when they write. */
@NullMarked
package com.langdock.reliability.gateway.socket;

import org.jspecify.annotations.NullMarked;
