/** Tells which failure a provider's error is, whatever shape the provider gives it. */
@NullMarked
package com.langdock.reliability.gateway.provider.error;

import org.jspecify.annotations.NullMarked;
