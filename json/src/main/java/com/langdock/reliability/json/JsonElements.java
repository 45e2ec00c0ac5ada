package com.langdock.reliability.json;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The elements of an array, created on access: a list of millions of values needs memory for their
 * positions only.
 */
final class JsonElements extends AbstractList<JsonValue> implements RandomAccess {
  private final JsonTape tape;
  private final int[] entries;

  /**
   * A list of {@code size} values.
   *
   * @param first the entry of the first one
   */
  JsonElements(JsonTape tape, int first, int size) {
    this.tape = tape;
    this.entries = new int[size];
    int at = first;
    for (int i = 0; i < size; i++) {
      entries[i] = at;
      at = tape.next(at);
    }
  }

  @Override
  public JsonValue get(int index) {
    return new JsonValue(tape, entries[index]);
  }

  @Override
  public int size() {
    return entries.length;
  }
}
