package com.langdock.reliability.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** The headers of a provider's reply. */
@FunctionalInterface
public interface ReplyHeaders {
  /** The first value of the header {@code name}, in any case; null when there is none. */
  @Nullable String value(String name);
}
