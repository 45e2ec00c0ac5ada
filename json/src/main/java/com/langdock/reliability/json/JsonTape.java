package com.langdock.reliability.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** Room for the values of most bodies, used again by each scan of a thread. */
  private static final ThreadLocal<int[]> USUAL = ThreadLocal.withInitial(() -> new int[4 * 1024]);

  /** The text: the first {@link #length} bytes. */
  byte[] bytes;

  final int length;
  private final int maxSize;
  private int[] slots;
  private int size;

  /** The outermost object's fields; null if there is no object. */
  @Nullable FieldIndex fields;

  /**
   * An empty tape for the first {@code length} of {@code bytes}, for {@code maxEntries} at most.
   */
  JsonTape(byte[] bytes, int length, int maxEntries) {
    this.bytes = bytes;
    this.length = length;
    this.maxSize = Math.min(maxEntries, MAX_ENTRIES) * SLOTS;
    this.slots = maxEntries == 0 ? new int[0] : USUAL.get();
  }

  /** Indexes the outermost object's fields, if it is an object. */
  void indexFields() throws MalformedJsonException {
    fields = bytes[start(0)] == '{' ? FieldIndex.of(this) : null;
  }

  /** Keeps what was recorded, and leaves the usual room to the next scan. */
  void trim() {
    if (slots.length == USUAL.get().length) {
      slots = Arrays.copyOf(slots, size);
    }
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

  /** The kind of a value that begins with {@code first}. */
  static JsonValue.Kind kind(byte first) {
    return switch (first) {
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
