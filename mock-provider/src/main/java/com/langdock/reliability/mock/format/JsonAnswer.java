package com.langdock.reliability.mock.format;

import java.util.Map;

/**
 * A status with its body, as JSON.
 *
 * @param headers that only this answer has
 */
public record JsonAnswer(int status, String body, Map<String, String> headers) {
  /** An answer without headers of its own. */
  public JsonAnswer(int status, String body) {
    this(status, body, Map.of());
  }
}
