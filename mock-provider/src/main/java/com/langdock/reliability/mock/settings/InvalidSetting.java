package com.langdock.reliability.mock.settings;

/** A setting is invalid: names the field and the reason. */
public final class InvalidSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidSetting(String field, String why) {
    super(field.isEmpty() ? why : field + ": " + why);
    this.field = field;
  }

  /** The field at fault, such as {@code script[2]}; empty when the body as a whole is. */
  public String field() {
    return field;
  }
}
