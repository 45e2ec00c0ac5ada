package com.langdock.reliability.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is expected again with another string in one place: the next chunk of a stream.
 *
 * <p>A text that has a valid string there, and otherwise the same bytes, is valid too, and all its
 * other values are the same. To compare bytes takes a fraction of the time that a scan takes.
 *
 * <p>Two more things may differ, since providers hide the length of their chunks by them: a second
 * string, whatever it is, and spaces before the last brace.
 */
public final class RepeatedJson {
  private final byte[] text;
  private final JsonValue first;
  private final @Nullable JsonValue second;
  private final boolean isPaddingFirst;

  /**
   * Expects {@code text} again.
   *
   * @param varying a string in it, which may differ
   * @param padding another one, which may differ and does not matter; null if there is none
   */
  public RepeatedJson(byte[] text, JsonValue varying, @Nullable JsonValue padding) {
    this.text = text;
    this.isPaddingFirst = padding != null && padding.start() < varying.start();
    this.first = isPaddingFirst && padding != null ? padding : varying;
    this.second = isPaddingFirst ? varying : padding;
  }

  /** The varying string of {@code other}; null if that is not the same text. */
  public @Nullable JsonString in(byte[] other) {
    JsonString found = string(0, first.start(), other, 0);
    if (found == null) {
      return null;
    }
    if (second == null) {
      return endsEqually(first.end(), other, found.end()) ? found : null;
    }
    JsonString next = string(first.end(), second.start(), other, found.end());
    if (next == null || !endsEqually(second.end(), other, next.end())) {
      return null;
    }
    return isPaddingFirst ? next : found;
  }

  /** The string in {@code other} after bytes that equal those of the text; null if it differs. */
  private @Nullable JsonString string(int from, int to, byte[] other, int at) {
    int start = at + to - from;
    if (start >= other.length || !Arrays.equals(text, from, to, other, at, start)) {
      return null;
    }
    int end = JsonScanner.endOfString(other, start);
    return end < 0 ? null : new JsonString(other, start, end);
  }

  private boolean endsEqually(int from, byte[] other, int at) {
    int end = beforeBrace(text, from);
    int otherEnd = beforeBrace(other, at);
    return end >= 0 && otherEnd >= 0 && Arrays.equals(text, from, end, other, at, otherEnd);
  }

  /** The offset of the spaces before the last brace; negative if the text does not end in one. */
  private static int beforeBrace(byte[] json, int from) {
    int end = json.length - 1;
    if (json[end] != '}') {
      return -1;
    }
    while (end > from && json[end - 1] == ' ') {
      end--;
    }
    return end;
  }
}
