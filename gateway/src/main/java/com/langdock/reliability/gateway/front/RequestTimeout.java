package com.langdock.reliability.gateway.front;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads {@code X-Request-Timeout-Ms}: whole milliseconds, at least 1. */
final class RequestTimeout {
  /** The error for a header that cannot be read. */
  static final ApiError REFUSAL =
      ErrorTable.of(
          new Problem(
              Problem.Code.INVALID_VALUE,
              "X-Request-Timeout-Ms must be a whole number of milliseconds, at least 1.",
              "X-Request-Timeout-Ms"));

  private static final int MAX_DIGITS = 12;

  private RequestTimeout() {}

  /** The header's nanoseconds, empty when it is missing or cannot be read. */
  static OptionalLong parse(@Nullable String header) {
    if (header == null || header.isEmpty() || header.length() > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    if (!header.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    long millis = Long.parseLong(header);
    return millis == 0
        ? OptionalLong.empty()
        : OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
