package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/** Writes sums of usage, in the names of {@code /api/requests}. */
final class UsageJson {
  private static final int NANO_DIGITS = 9;

  private UsageJson() {}

  /** The fields of {@code sums}. */
  static void sums(Sums sums, JsonGenerator json) {
    json.writeNumberProperty("requests", sums.requests());
    json.writeNumberProperty("input_tokens", sums.inputTokens());
    json.writeNumberProperty("cached_input_tokens", sums.cachedInputTokens());
    json.writeNumberProperty("output_tokens", sums.outputTokens());
    json.writeNumberProperty("cost_usd", dollars(sums.nanodollars()));
  }

  /** Nanodollars as dollars, without zeros at the end. */
  static BigDecimal dollars(long nanodollars) {
    BigDecimal dollars = BigDecimal.valueOf(nanodollars, NANO_DIGITS).stripTrailingZeros();
    return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
  }
}
