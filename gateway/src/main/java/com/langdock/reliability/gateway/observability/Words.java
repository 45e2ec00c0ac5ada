package com.langdock.reliability.gateway.observability;

import java.util.Locale;

/** The words that logs and metrics use for our enums: {@code PROVIDER_ERROR} is provider_error. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
