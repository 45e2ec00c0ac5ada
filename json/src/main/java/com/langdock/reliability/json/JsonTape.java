package com.langdock.reliability.json;

import java.util.Arrays;

/**
 * The positions of all values of a JSON text: three numbers for each value and field name, in the
 * order of the text, so that a container is followed by its contents. The first byte of a value
 * determines its kind.
 */
final class JsonTape {
  /**
   * The most values and names of a text: more than the longest answer with log probabilities. A
   * body of nothing but values would need six times its size in memory.
   */
  static final int MAX_ENTRIES = 4_000_000;

  private static final int SLOTS = 3;
  private static final int START = 0;
  private static final int END = 1;
  private static final int NEXT = 2;

  private static final byte[] NOTHING = {};

  /** Room for the values of most bodies, however long their texts are. */
  private static final int USUAL_SLOTS = 4 * 1024;

  /** The text: the first {@link #length} bytes. */
  byte[] bytes;

  final int length;
  private final int maxSize;
  private int[] slots;
  private int size;

  /**
   * An empty tape for the first {@code length} of {@code bytes}, for {@code maxEntries} at most.
   */
  JsonTape(byte[] bytes, int length, int maxEntries) {
    this.bytes = bytes;
    this.length = length;
    this.maxSize = Math.min(maxEntries, MAX_ENTRIES) * SLOTS;
    this.slots = new int[Math.clamp(length / 6, 96, USUAL_SLOTS)];
  }

  /** Adds a value that begins at {@code start}; its number. */
  int open(int start) {
    if (size + SLOTS > slots.length) {
      slots = Arrays.copyOf(slots, slots.length * 2);
    }
    int entry = size;
    slots[entry + START] = start;
    size += SLOTS;
    return entry;
  }

  /** Forgets the text: who reads a value of it later gets an exception. */
  void detach() {
    bytes = NOTHING;
  }

  /** The memory of the tape in bytes, without the text. */
  long bytesTaken() {
    return (long) slots.length * Integer.BYTES;
  }

  /** Whether no further value may be added. */
  boolean isFull() {
    return size >= maxSize;
  }

  /** Records that the value ends before {@code end} and contains all entries added since. */
  void close(int entry, int end) {
    slots[entry + END] = end;
    slots[entry + NEXT] = size;
  }

  JsonValue.Kind kind(int entry) {
    return switch (bytes[start(entry)]) {
      case '"' -> JsonValue.Kind.STRING;
      case '{' -> JsonValue.Kind.OBJECT;
      case '[' -> JsonValue.Kind.ARRAY;
      case 't', 'f' -> JsonValue.Kind.BOOLEAN;
      case 'n' -> JsonValue.Kind.NULL;
      default -> JsonValue.Kind.NUMBER;
    };
  }

  int start(int entry) {
    return slots[entry + START];
  }

  int end(int entry) {
    return slots[entry + END];
  }

  /** The first entry inside the value; equal to {@link #next} if it is empty. */
  int inner(int entry) {
    return entry + SLOTS;
  }

  /** The entry after the value and all that is inside it. */
  int next(int entry) {
    return slots[entry + NEXT];
  }
}
