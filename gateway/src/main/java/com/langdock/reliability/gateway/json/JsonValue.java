package com.langdock.reliability.gateway.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands in its bytes: a view of a text that was read once.
 *
 * <p>Immutable; equal when it is the same place of the same text.
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
   * @param nameStart where the name's opening quote stands
   */
  public record Member(String name, int nameStart, JsonValue value) {}

  private static final int EXACT_DIGITS = 18;

  private final JsonTape tape;
  private final int entry;
  private final Kind kind;

  /** Where the outermost object's fields stand; null for all other values. */
  private final @Nullable Map<String, Integer> fields;

  private JsonValue(JsonTape tape, int entry) {
    this(tape, entry, null);
  }

  private JsonValue(JsonTape tape, int entry, @Nullable Map<String, Integer> fields) {
    this.tape = tape;
    this.entry = entry;
    this.kind = tape.kind(entry);
    this.fields = fields;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedJsonException when it is not strict JSON in UTF-8, is nested too deep, or its
   *     outermost object says a name twice
   */
  public static JsonValue parse(byte[] json) throws MalformedJsonException {
    JsonTape tape = JsonScanner.scan(json);
    return new JsonValue(tape, 0, tape.kind(0) == Kind.OBJECT ? fieldsOf(tape) : null);
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** Where its first byte stands. */
  public int start() {
    return tape.start(entry);
  }

  /** Where the byte after its last one stands. */
  public int end() {
    return tape.end(entry);
  }

  /** The bytes that all offsets count in. */
  byte[] source() {
    return tape.bytes;
  }

  /** The field {@code name} of an object, the last where it is repeated; null when it is absent. */
  public @Nullable JsonValue field(String name) {
    if (kind != Kind.OBJECT) {
      return null;
    }
    if (fields != null) {
      Integer at = fields.get(name);
      return at == null ? null : new JsonValue(tape, at);
    }
    int found = -1;
    int last = tape.next(entry);
    for (int at = tape.inner(entry); at < last; at = tape.next(tape.next(at))) {
      if (JsonStrings.equal(tape.bytes, tape.start(at), tape.end(at), name)) {
        found = tape.next(at);
      }
    }
    return found < 0 ? null : new JsonValue(tape, found);
  }

  /** The fields of an object in order; none for any other kind. */
  public List<Member> members() {
    if (kind != Kind.OBJECT) {
      return List.of();
    }
    List<Member> members = new ArrayList<>();
    int last = tape.next(entry);
    for (int at = tape.inner(entry); at < last; at = tape.next(tape.next(at))) {
      JsonValue name = new JsonValue(tape, at);
      members.add(new Member(name.text(), name.start(), new JsonValue(tape, tape.next(at))));
    }
    return members;
  }

  /** The elements of an array in order; none for any other kind. */
  public List<JsonValue> elements() {
    if (kind != Kind.ARRAY) {
      return List.of();
    }
    List<JsonValue> elements = new ArrayList<>();
    int last = tape.next(entry);
    for (int at = tape.inner(entry); at < last; at = tape.next(at)) {
      elements.add(new JsonValue(tape, at));
    }
    return elements;
  }

  /** How many elements an array has, without making them; zero for any other kind. */
  public int size() {
    int size = 0;
    int last = kind() == Kind.ARRAY ? tape.next(entry) : 0;
    for (int at = tape.inner(entry); at < last; at = tape.next(at)) {
      size++;
    }
    return size;
  }

  /** The text of a string, decoded; empty for any other kind. */
  public String text() {
    return kind == Kind.STRING ? JsonStrings.decode(tape.bytes, start(), end()) : "";
  }

  /** Exactly what stands in the bytes. */
  public String raw() {
    return new String(tape.bytes, start(), end() - start(), StandardCharsets.UTF_8);
  }

  /** The value of a number; NaN for any other kind. */
  public double number() {
    return kind == Kind.NUMBER ? Double.parseDouble(raw()) : Double.NaN;
  }

  /** The value of a number without a fraction that fits 64 bits, else empty. */
  public OptionalLong integer() {
    if (kind != Kind.NUMBER) {
      return OptionalLong.empty();
    }
    String digits = raw();
    if (digits.length() <= EXACT_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.of(Long.parseLong(digits));
    }
    try {
      return OptionalLong.of(new BigDecimal(digits).longValueExact());
    } catch (ArithmeticException | NumberFormatException notWholeOrTooLarge) {
      return OptionalLong.empty();
    }
  }

  /** Whether it is {@code true}. */
  public boolean isTrue() {
    return kind == Kind.BOOLEAN && tape.bytes[start()] == 't';
  }

  /** Whether it is {@code null}. */
  public boolean isNull() {
    return kind == Kind.NULL;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonValue value && value.tape == tape && value.entry == entry;
  }

  @Override
  public int hashCode() {
    return entry;
  }

  /** Two fields of one name are a way to tell two readers two things. */
  private static Map<String, Integer> fieldsOf(JsonTape tape) throws MalformedJsonException {
    Map<String, Integer> fields = new HashMap<>();
    int last = tape.next(0);
    for (int at = tape.inner(0); at < last; at = tape.next(tape.next(at))) {
      String name = JsonStrings.decode(tape.bytes, tape.start(at), tape.end(at));
      if (fields.put(name, tape.next(at)) != null) {
        throw new MalformedJsonException("The object has a field twice.");
      }
    }
    return fields;
  }
}
