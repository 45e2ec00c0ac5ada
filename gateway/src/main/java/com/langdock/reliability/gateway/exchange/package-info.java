/** What a provider's stream is made of, whatever the provider speaks: chunks, then an end. */
@NullMarked
package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.NullMarked;
