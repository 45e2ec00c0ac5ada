/**
 * Requests and answers on their way between any client API and any provider's format, without
 * sockets. The mock providers' strict rules are the judge of what is sent.
 */
@NullMarked
package com.langdock.reliability.translation;

import org.jspecify.annotations.NullMarked;
