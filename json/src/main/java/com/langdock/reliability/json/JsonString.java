package com.langdock.reliability.json;

import java.nio.charset.StandardCharsets;

/**
 * A string in a JSON text.
 *
 * @param source the text
 * @param start offset of its opening quote
 * @param end offset after its closing quote
 */
public record JsonString(byte[] source, int start, int end) {
  /** Whether it has no characters. */
  public boolean isEmpty() {
    return end - start == 2;
  }

  /** The text, decoded. */
  public String text() {
    return JsonStrings.decode(source, start, end);
  }

  /** The literal as it is in the text. */
  public String raw() {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }
}
