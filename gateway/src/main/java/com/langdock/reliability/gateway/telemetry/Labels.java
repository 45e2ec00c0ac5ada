package com.langdock.reliability.gateway.telemetry;

import java.util.Locale;

/** The words that logs and metrics use for our enums: {@code PROVIDER_ERROR} is provider_error. */
final class Labels {
  private Labels() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
