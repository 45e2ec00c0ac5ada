package com.langdock.reliability.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value with its position in the bytes: a view of a text that was scanned once.
 *
 * <p>Immutable; equal if it is the same position of the same text.
 */
public final class JsonValue {
  /** The kinds of values. */
  public enum Kind {
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY,
    /** A string. */
    STRING,
    /** A number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** {@code null}. */
    NULL
  }

  /**
   * A field of an object.
   *
   * @param nameStart offset of the name's opening quote
   */
  public record Member(String name, int nameStart, JsonValue value) {}

  /** Integers of this many digits fit 64 bits. */
  private static final int EXACT_DIGITS = 18;

  private static final long NOT_PLAIN = -1;

  /** The entries of the longest tape need no more bits. */
  private static final int ENTRY_BITS = 24;

  private static final int ENTRY = (1 << ENTRY_BITS) - 1;

  private final JsonTape tape;

  /** The entry, below the value's first byte: many values are made, and so take 16 bytes each. */
  private final int place;

  JsonValue(JsonTape tape, int entry) {
    this.tape = tape;
    this.place = entry | tape.bytes[tape.start(entry)] << ENTRY_BITS;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedJsonException when it is not strict JSON in UTF-8, is nested too deep, or its
   *     outermost object repeats a name
   */
  public static JsonValue parse(byte[] json) throws MalformedJsonException {
    return parse(json, JsonTape.MAX_ENTRIES);
  }

  /**
   * Reads a whole text.
   *
   * @param maxEntries how many values and names it may have, at most {@link JsonTape#MAX_ENTRIES}
   * @throws MalformedJsonException as above, or when it has more
   */
  public static JsonValue parse(byte[] json, int maxEntries) throws MalformedJsonException {
    return parse(json, json.length, maxEntries);
  }

  /** As {@link #parse(byte[], int)}, for the first {@code length} bytes of {@code json}. */
  public static JsonValue parse(byte[] json, int length, int maxEntries)
      throws MalformedJsonException {
    JsonTape tape = JsonScanner.scan(json, length, maxEntries);
    tape.indexFields();
    return new JsonValue(tape, 0);
  }

  /**
   * Forgets the whole text, whose array is used for something else. Who reads a value of it later
   * gets an exception, not the new bytes.
   */
  public void detach() {
    tape.detach();
  }

  /** The kind of this value. */
  public Kind kind() {
    return JsonTape.kind((byte) (place >>> ENTRY_BITS));
  }

  private int entry() {
    return place & ENTRY;
  }

  /** The offset of its first byte. */
  public int start() {
    return tape.start(entry());
  }

  /** The offset after its last byte. */
  public int end() {
    return tape.end(entry());
  }

  /** The bytes that all offsets refer to. */
  byte[] source() {
    return tape.bytes;
  }

  /** The number of bytes of the whole text. */
  int sourceLength() {
    return tape.length;
  }

  /** The field {@code name} of an object, the last where it is repeated; null when it is absent. */
  public @Nullable JsonValue field(String name) {
    if (kind() != Kind.OBJECT) {
      return null;
    }
    FieldIndex fields = entry() == 0 ? tape.fields : null;
    int found = fields == null ? search(name) : fields.find(name);
    return found < 0 ? null : new JsonValue(tape, found);
  }

  private int search(String name) {
    int found = -1;
    int last = tape.next(entry());
    for (int at = tape.inner(entry()); at < last; at = tape.next(tape.next(at))) {
      if (JsonStrings.equal(tape.bytes, tape.start(at), tape.end(at), name)) {
        found = tape.next(at);
      }
    }
    return found;
  }

  /** The fields of an object in order; none for any other kind. */
  public List<Member> members() {
    if (kind() != Kind.OBJECT) {
      return List.of();
    }
    List<Member> members = new ArrayList<>();
    int last = tape.next(entry());
    for (int at = tape.inner(entry()); at < last; at = tape.next(tape.next(at))) {
      JsonValue name = new JsonValue(tape, at);
      members.add(new Member(name.text(), name.start(), new JsonValue(tape, tape.next(at))));
    }
    return members;
  }

  /** The elements of an array in order; none for any other kind. */
  public List<JsonValue> elements() {
    if (kind() != Kind.ARRAY) {
      return List.of();
    }
    return new JsonElements(tape, tape.inner(entry()), size());
  }

  /** The number of fields of an object, counted without creating them; zero for any other kind. */
  public int fieldCount() {
    int count = 0;
    int last = kind() == Kind.OBJECT ? tape.next(entry()) : 0;
    for (int at = tape.inner(entry()); at < last; at = tape.next(tape.next(at))) {
      count++;
    }
    return count;
  }

  /** Whether it is an object without fields, an array without elements, or neither of the two. */
  public boolean isEmpty() {
    return tape.next(entry()) == tape.inner(entry());
  }

  /** The memory of the recorded positions in bytes, without the text itself. */
  public long indexBytes() {
    return tape.bytesTaken();
  }

  /** The number of elements of an array, counted without creating them; zero for any other kind. */
  public int size() {
    int size = 0;
    int last = kind() == Kind.ARRAY ? tape.next(entry()) : 0;
    for (int at = tape.inner(entry()); at < last; at = tape.next(at)) {
      size++;
    }
    return size;
  }

  /** The text of a string, decoded; empty for any other kind. */
  public String text() {
    return kind() == Kind.STRING ? JsonStrings.decode(tape.bytes, start(), end()) : "";
  }

  /** Whether it is a string without characters. */
  public boolean isEmptyString() {
    return kind() == Kind.STRING && end() - start() == 2;
  }

  /** Whether it is a string that decodes to {@code ascii}, which has no quotes or backslashes. */
  public boolean isText(String ascii) {
    return kind() == Kind.STRING && JsonStrings.equal(tape.bytes, start(), end(), ascii);
  }

  /** The literal as it is in the text. */
  public String raw() {
    return new String(tape.bytes, start(), end() - start(), StandardCharsets.UTF_8);
  }

  /** The value of a number; NaN for any other kind. */
  public double number() {
    if (kind() != Kind.NUMBER) {
      return Double.NaN;
    }
    long plain = plainDigits();
    return plain == NOT_PLAIN ? Double.parseDouble(raw()) : plain;
  }

  /** The value of a number without a fraction that fits 64 bits, else empty. */
  public OptionalLong integer() {
    if (kind() != Kind.NUMBER) {
      return OptionalLong.empty();
    }
    long plain = plainDigits();
    if (plain != NOT_PLAIN) {
      return OptionalLong.of(plain);
    }
    try {
      return OptionalLong.of(new BigDecimal(raw()).longValueExact());
    } catch (ArithmeticException | NumberFormatException notWholeOrTooLarge) {
      return OptionalLong.empty();
    }
  }

  /** The value of a number of a few digits and nothing else. */
  private long plainDigits() {
    int end = end();
    long value = end - start() <= EXACT_DIGITS ? 0 : NOT_PLAIN;
    for (int at = start(); at < end && value != NOT_PLAIN; at++) {
      int digit = tape.bytes[at] - '0';
      value = digit >= 0 && digit <= 9 ? value * 10 + digit : NOT_PLAIN;
    }
    return value;
  }

  /** Whether it is {@code true}. */
  public boolean isTrue() {
    return kind() == Kind.BOOLEAN && tape.bytes[start()] == 't';
  }

  /** Whether it is {@code null}. */
  public boolean isNull() {
    return kind() == Kind.NULL;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonValue value && value.tape == tape && value.place == place;
  }

  @Override
  public int hashCode() {
    return place;
  }
}
