package com.langdock.reliability.mock.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;

/**
 * The id and the time of one answer.
 *
 * @param unique the stem of every id in the answer
 */
public record Stamp(String unique, Instant time) {
  /** A signature for the thinking in the answer, in base 64. */
  public String signature() {
    return Base64.getEncoder().encodeToString(("mock thinking " + unique).getBytes(UTF_8));
  }
}
