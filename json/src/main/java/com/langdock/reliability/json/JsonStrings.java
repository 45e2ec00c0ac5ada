package com.langdock.reliability.json;

import java.nio.charset.StandardCharsets;

/** Decodes and compares strings of a scanned text. Offsets include the quotes. */
final class JsonStrings {
  private static final int UNICODE_ESCAPE = 6;

  private JsonStrings() {}

  /**
   * Whether the string decodes to {@code text}, which must be ASCII without quotes and backslashes.
   */
  static boolean equal(byte[] bytes, int start, int end, String text) {
    int length = end - start - 2;
    if (length > text.length()) {
      return mayBegin(bytes[start + 1], text)
          && isEscaped(bytes, start, end)
          && decode(bytes, start, end).equals(text);
    }
    boolean equal = length == text.length();
    for (int i = 0; i < length && equal; i++) {
      equal = bytes[start + 1 + i] == text.charAt(i);
    }
    return equal;
  }

  /** Whether a literal whose first byte is {@code first} may decode to {@code text}. */
  private static boolean mayBegin(byte first, String text) {
    return first == '\\' || (!text.isEmpty() && first == text.charAt(0));
  }

  /** Whether the literal contains escapes; decoded text is then shorter. */
  static boolean isEscaped(byte[] bytes, int start, int end) {
    for (int at = start; at < end; at++) {
      if (bytes[at] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** The decoded string. */
  static String decode(byte[] bytes, int start, int end) {
    String plain = new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
    return plain.indexOf('\\') < 0 ? plain : unescape(plain);
  }

  private static String unescape(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    int at = 0;
    while (at < escaped.length()) {
      char character = escaped.charAt(at);
      if (character != '\\') {
        text.append(character);
        at++;
      } else if (escaped.charAt(at + 1) == 'u') {
        text.append((char) Integer.parseInt(escaped, at + 2, at + UNICODE_ESCAPE, 16));
        at += UNICODE_ESCAPE;
      } else {
        text.append(meaning(escaped.charAt(at + 1)));
        at += 2;
      }
    }
    return text.toString();
  }

  private static char meaning(char escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }
}
