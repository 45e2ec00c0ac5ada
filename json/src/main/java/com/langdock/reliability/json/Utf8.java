package com.langdock.reliability.json;

/** Checks characters of more than one byte (RFC 3629). */
final class Utf8 {
  private static final int FIRST_OF_TWO = 0xC2;
  private static final int FIRST_OF_THREE = 0xE0;
  private static final int FIRST_OF_FOUR = 0xF0;
  private static final int LAST_OF_FOUR = 0xF4;

  private Utf8() {}

  /**
   * The length of the character at {@code at}, 2 to 4, of a text before {@code end}; malformed when
   * it is none.
   */
  static int lengthAt(byte[] bytes, int at, int end, JsonScanner scanner)
      throws MalformedJsonException {
    int first = bytes[at] & 0xFF;
    int length = first >= FIRST_OF_FOUR ? 4 : first >= FIRST_OF_THREE ? 3 : 2;
    boolean whole = first >= FIRST_OF_TWO && first <= LAST_OF_FOUR && at + length <= end;
    for (int i = 1; whole && i < length; i++) {
      whole = (bytes[at + i] & 0xC0) == 0x80;
    }
    if (!whole || !isShortest(first, bytes[at + 1] & 0xFF)) {
      throw scanner.malformed("bytes that are not UTF-8");
    }
    return length;
  }

  /** No longer than needed, no half of a surrogate pair, nothing beyond U+10FFFF. */
  private static boolean isShortest(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }
}
