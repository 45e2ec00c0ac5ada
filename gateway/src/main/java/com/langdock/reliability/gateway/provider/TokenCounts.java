package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads counts of tokens that others wrote; no provider is believed more than a request can use.
 */
public final class TokenCounts {
  private TokenCounts() {}

  /** The tokens in the field {@code name}, zero if they are none or not believable. */
  public static long of(@Nullable JsonValue object, String name) {
    return isBelievable(object, name) ? Fields.count(object, name) : 0;
  }

  /** Whether the field {@code name} is no number, or a number of tokens that a request can use. */
  public static boolean isBelievable(@Nullable JsonValue object, String name) {
    JsonValue number = Fields.number(object, name);
    return number == null || (number.number() >= 0 && number.number() <= Usage.MAX_TOKENS);
  }
}
