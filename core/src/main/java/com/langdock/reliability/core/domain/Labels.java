package com.langdock.reliability.core.domain;

import java.util.Locale;

/** The labels of enum constants in metrics, logs, journal rows and JSON. */
public final class Labels {
  private Labels() {}

  /** The label of a constant: {@code PROVIDER_ERROR} is {@code provider_error}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
