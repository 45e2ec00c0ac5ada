/** What Claude models accept in a request, at whatever provider they are. */
@NullMarked
package com.langdock.reliability.gateway.provider.claude;

import org.jspecify.annotations.NullMarked;
