package com.langdock.reliability.json;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an outermost object. Most lookups are for absent fields: one bit of 64, chosen by
 * the name's length and ends, answers nearly all of them.
 *
 * <p>Repeated names are rejected, because two readers could see different values.
 */
final class FieldIndex {
  /** Up to this many fields a linear search is as fast as a map. */
  private static final int FEW = 24;

  /** Room for the fields that most objects have. */
  private static final int USUAL = 8;

  private final JsonTape tape;
  private int[] names = new int[USUAL];
  private int count;
  private long bits;

  /** The entries of the fields by name; null while there are few and none is escaped. */
  private @Nullable Map<String, Integer> places;

  private FieldIndex(JsonTape tape) {
    this.tape = tape;
  }

  /** The fields of the outermost object. */
  static FieldIndex of(JsonTape tape) throws MalformedJsonException {
    FieldIndex index = new FieldIndex(tape);
    int last = tape.next(0);
    for (int at = tape.inner(0); at < last; at = tape.next(tape.next(at))) {
      index.add(at);
    }
    return index;
  }

  /** The entry of the field's value, negative when there is no such field. */
  int find(String name) {
    if (places != null) {
      return places.getOrDefault(name, -1);
    }
    boolean mayBe =
        (bits & bit(name.length(), name.charAt(0), name.charAt(name.length() - 1))) != 0;
    for (int i = 0; mayBe && i < count; i++) {
      int at = names[i];
      if (JsonStrings.equal(tape.bytes, tape.start(at), tape.end(at), name)) {
        return tape.next(at);
      }
    }
    return -1;
  }

  private void add(int name) throws MalformedJsonException {
    int start = tape.start(name);
    int end = tape.end(name);
    boolean isEmpty = end - start == 2;
    if (places == null
        && (count == FEW || isEmpty || JsonStrings.isEscaped(tape.bytes, start, end))) {
      places = map();
    }
    if (places != null) {
      put(name, places);
      return;
    }
    refuseTwice(start, end);
    if (count == names.length) {
      names = Arrays.copyOf(names, FEW);
    }
    names[count++] = name;
    bits |= bit(end - start - 2, tape.bytes[start + 1], tape.bytes[end - 2]);
  }

  private static long bit(int length, int first, int last) {
    return 1L << (length * 7 + first * 3 + last);
  }

  private void refuseTwice(int start, int end) throws MalformedJsonException {
    byte[] bytes = tape.bytes;
    for (int i = 0; i < count; i++) {
      if (Arrays.equals(bytes, start, end, bytes, tape.start(names[i]), tape.end(names[i]))) {
        throw twice();
      }
    }
  }

  private Map<String, Integer> map() throws MalformedJsonException {
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < count; i++) {
      put(names[i], map);
    }
    return map;
  }

  private void put(int name, Map<String, Integer> map) throws MalformedJsonException {
    String decoded = JsonStrings.decode(tape.bytes, tape.start(name), tape.end(name));
    if (map.put(decoded, tape.next(name)) != null) {
      throw twice();
    }
  }

  private static MalformedJsonException twice() {
    return new MalformedJsonException("The object has a field twice.");
  }
}
