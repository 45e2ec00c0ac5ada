package com.langdock.reliability.json;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text that is expected again with another string in one place: the next chunk of a stream.
 *
 * <p>A text that has a valid string there, and otherwise the same bytes, is valid too, and all its
 * other values are the same. To compare bytes takes a fraction of the time that a scan takes.
 *
 * <p>Three more things may differ, since providers number their chunks, and hide their length: a
 * whole number, a second string, whatever it is, and spaces before the last brace.
 */
public final class RepeatedJson {
  private final byte[] text;

  /** Which of the holes has the string that is looked for. */
  private final int wanted;

  /** What may differ, in the order in which it stands in the text. */
  private final JsonValue[] holes;

  /**
   * Expects {@code text} again.
   *
   * @param varying a string in it, which may differ
   * @param padding another one, which may differ and does not matter; null if there is none
   */
  public RepeatedJson(byte[] text, JsonValue varying, @Nullable JsonValue padding) {
    this(text, varying, padding, null);
  }

  /**
   * Expects {@code text} again.
   *
   * @param varying a string in it, which may differ
   * @param padding another one, which may differ and does not matter; null if there is none
   * @param counter a whole number that may differ and does not matter; null if there is none
   */
  public RepeatedJson(
      byte[] text, JsonValue varying, @Nullable JsonValue padding, @Nullable JsonValue counter) {
    this.text = text;
    this.holes =
        Stream.of(varying, padding, counter)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingInt(JsonValue::start))
            .toArray(JsonValue[]::new);
    this.wanted = Arrays.asList(holes).indexOf(varying);
  }

  /** The varying string of {@code other}; null if that is not the same text. */
  public @Nullable JsonString in(byte[] other) {
    JsonString found = null;
    int from = 0;
    int at = 0;
    for (int i = 0; i < holes.length; i++) {
      JsonValue hole = holes[i];
      int start = at + hole.start() - from;
      if (start >= other.length || !Arrays.equals(text, from, hole.start(), other, at, start)) {
        return null;
      }
      at =
          hole.kind() == JsonValue.Kind.STRING
              ? JsonScanner.endOfString(other, start)
              : endOfNumber(other, start);
      if (at < 0) {
        return null;
      }
      from = hole.end();
      found = i == wanted ? new JsonString(other, start, at) : found;
    }
    return endsEqually(from, other, at) ? found : null;
  }

  /** The offset after the whole number that starts at {@code start}; negative if there is none. */
  private static int endOfNumber(byte[] json, int start) {
    int end = start;
    while (end < json.length && json[end] >= '0' && json[end] <= '9') {
      end++;
    }
    boolean hasLeadingZero = json[start] == '0' && end > start + 1;
    return end == start || hasLeadingZero ? -1 : end;
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
