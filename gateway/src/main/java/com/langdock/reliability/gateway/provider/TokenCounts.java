package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads counts of tokens that others wrote; no provider is believed more than a request can use.
 */
public final class TokenCounts {
  private static final long UNBELIEVABLE = -1;

  private TokenCounts() {}

  /** The tokens in the field {@code name}, zero if they are none or not believable. */
  public static long of(@Nullable JsonValue object, String name) {
    return Math.max(0, read(object, name));
  }

  /** Whether the field {@code name} is no number, or a number of tokens that a request can use. */
  public static boolean isBelievable(@Nullable JsonValue object, String name) {
    return read(object, name) != UNBELIEVABLE;
  }

  private static long read(@Nullable JsonValue object, String name) {
    JsonValue field = JsonFields.number(object, name);
    if (field == null) {
      return 0;
    }
    double number = field.number();
    return number >= 0 && number <= Usage.MAX_TOKENS ? (long) number : UNBELIEVABLE;
  }
}
