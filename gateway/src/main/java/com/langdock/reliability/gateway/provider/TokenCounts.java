package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads token counts that providers report. Counts above {@link Usage#MAX_TOKENS} are ignored as
 * implausible.
 */
public final class TokenCounts {
  private static final long IMPLAUSIBLE = -1;

  private TokenCounts() {}

  /** The count in the field {@code name}; zero if it is missing or implausible. */
  public static long of(@Nullable JsonValue object, String name) {
    return Math.max(0, read(object, name));
  }

  /** Whether the field {@code name} is missing or a plausible count. */
  public static boolean isPlausible(@Nullable JsonValue object, String name) {
    return read(object, name) != IMPLAUSIBLE;
  }

  private static long read(@Nullable JsonValue object, String name) {
    JsonValue field = JsonFields.number(object, name);
    if (field == null) {
      return 0;
    }
    double number = field.number();
    return number >= 0 && number <= Usage.MAX_TOKENS ? (long) number : IMPLAUSIBLE;
  }
}
