package com.langdock.reliability.mock.format;

import org.jspecify.annotations.Nullable;

/** A request that the provider would refuse with 400. */
public final class InvalidRequest extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String param;
  private final @Nullable String code;

  /** The provider's message; the field and OpenAI's code if there are any. */
  public InvalidRequest(String message, @Nullable String param, @Nullable String code) {
    super(message);
    this.param = param;
    this.code = code;
  }

  /** The message; never null. */
  public String message() {
    return String.valueOf(getMessage());
  }

  /** The field at fault, or null. */
  public @Nullable String param() {
    return param;
  }

  /** OpenAI's error code, or null. */
  public @Nullable String code() {
    return code;
  }
}
