package com.langdock.reliability.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Skips bytes that need no unescaping, eight at a time: printable ASCII without quotes and
 * backslashes.
 *
 * <p>Most of a body is such text. The test is Mycroft's for a zero byte in a word: subtracting one
 * from each byte borrows into the highest bit of a byte that is zero, and of none below 128 else,
 * but for bytes above one that is. Those are checked again one by one.
 */
final class PlainText {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int FOUR_WORDS = 4 * Long.BYTES;

  /** After so many bytes a text is expected to be long. */
  private static final int SHORT = 128;

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
  private static final long QUOTES = EACH * '"';
  private static final long BACKSLASHES = EACH * '\\';
  private static final long SPACES = EACH * ' ';

  private PlainText() {}

  /**
   * The end of the plain words from {@code from} on, before {@code end}; bytes after it may be
   * plain as well.
   */
  static int skip(byte[] bytes, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end && isPlain((long) EIGHT_BYTES.get(bytes, at))) {
      at += Long.BYTES;
      if (at - from == SHORT) {
        return skipLong(bytes, at, end);
      }
    }
    return at;
  }

  /** As above, by four words at once, which costs more where the text ends soon. */
  private static int skipLong(byte[] bytes, int from, int end) {
    int at = from;
    while (at + FOUR_WORDS <= end && areFourPlain(bytes, at)) {
      at += FOUR_WORDS;
    }
    return at;
  }

  private static boolean areFourPlain(byte[] bytes, int at) {
    return ((signs((long) EIGHT_BYTES.get(bytes, at))
                | signs((long) EIGHT_BYTES.get(bytes, at + Long.BYTES))
                | signs((long) EIGHT_BYTES.get(bytes, at + 2 * Long.BYTES))
                | signs((long) EIGHT_BYTES.get(bytes, at + 3 * Long.BYTES)))
            & HIGHEST_BITS)
        == 0;
  }

  private static boolean isPlain(long word) {
    return (signs(word) & HIGHEST_BITS) == 0;
  }

  /** A word in which the highest bit of each byte that is not plain is set. */
  private static long signs(long word) {
    long control = word - SPACES;
    long quote = (word ^ QUOTES) - EACH;
    long backslash = (word ^ BACKSLASHES) - EACH;
    return word | control | quote | backslash;
  }
}
