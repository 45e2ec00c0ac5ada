package com.langdock.reliability.gateway.api;

import com.langdock.reliability.gateway.api.response.ApiError;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which content types a request's body may have. */
final class ContentType {
  /** The error for any other. */
  static final ApiError REFUSAL =
      ApiError.invalid(
          415,
          "unsupported_media_type",
          "The body must be JSON: Content-Type: application/json.",
          null);

  private ContentType() {}

  /** Whether {@code header} names JSON; a missing header is taken for JSON. */
  static boolean isJson(@Nullable String header) {
    if (header == null || header.equals("application/json")) {
      return true;
    }
    int parameters = header.indexOf(';');
    String type = parameters < 0 ? header : header.substring(0, parameters);
    String plain = type.strip().toLowerCase(Locale.ROOT);
    return plain.equals("application/json")
        || (plain.startsWith("application/") && plain.endsWith("+json"));
  }
}
