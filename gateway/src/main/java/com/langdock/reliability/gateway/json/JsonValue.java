package com.langdock.reliability.gateway.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A JSON value that knows where it stands in its bytes.
 *
 * <p>{@link #parse} checks the whole text once; what is inside a nested object or array is found
 * when somebody asks for it. Not thread-safe.
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

  private final JsonSource source;
  private final Kind kind;
  private final int start;
  private int end;
  private @Nullable List<Member> members;
  private @Nullable List<JsonValue> elements;

  private JsonValue(JsonSource source, Kind kind, int start) {
    this.source = source;
    this.kind = kind;
    this.start = start;
  }

  /**
   * Reads a whole text.
   *
   * @throws MalformedJsonException when it is not strict JSON in UTF-8, is nested too deep, or its
   *     outermost object says a name twice
   */
  public static JsonValue parse(byte[] json) throws MalformedJsonException {
    return new JsonSource(json).root();
  }

  /** Reads the value that {@code parser} stands on, and for a container what is directly in it. */
  static JsonValue read(JsonSource source, JsonParser parser, int offset) {
    Kind kind = kindOf(parser.currentToken());
    JsonValue value = new JsonValue(source, kind, JsonSource.tokenStart(parser, offset));
    switch (kind) {
      case OBJECT -> value.readMembers(parser, offset);
      case ARRAY -> value.readElements(parser, offset);
      case STRING, NUMBER, BOOLEAN, NULL -> value.end = source.valueEnd(parser, offset);
    }
    return value;
  }

  /** What it is. */
  public Kind kind() {
    return kind;
  }

  /** Where its first byte stands. */
  public int start() {
    return start;
  }

  /** Where the byte after its last one stands. */
  public int end() {
    return end;
  }

  /** The bytes that all offsets count in. */
  byte[] source() {
    return source.bytes;
  }

  /** The field {@code name} of an object, the last where it is repeated; null when it is absent. */
  public @Nullable JsonValue field(String name) {
    List<Member> all = members();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).name().equals(name)) {
        return all.get(i).value();
      }
    }
    return null;
  }

  /** The fields of an object in order; none for any other kind. */
  public List<Member> members() {
    open();
    return members == null ? List.of() : members;
  }

  /** The elements of an array in order; none for any other kind. */
  public List<JsonValue> elements() {
    open();
    return elements == null ? List.of() : elements;
  }

  /** The text of a string, decoded; empty for any other kind. */
  public String text() {
    if (kind != Kind.STRING) {
      return "";
    }
    try (JsonParser parser = source.parser(start, end)) {
      parser.nextToken();
      return parser.getString();
    }
  }

  /** Exactly what stands in the bytes. */
  public String raw() {
    return new String(source.bytes, start, end - start, StandardCharsets.UTF_8);
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
    double value = number();
    boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p63;
    return whole ? OptionalLong.of((long) value) : OptionalLong.empty();
  }

  /** Whether it is {@code true}. */
  public boolean isTrue() {
    return kind == Kind.BOOLEAN && source.bytes[start] == 't';
  }

  /** Whether it is {@code null}. */
  public boolean isNull() {
    return kind == Kind.NULL;
  }

  /** Two fields of one name are a way to tell two readers two things. */
  void rejectRepeatedNames() throws MalformedJsonException {
    Set<String> names = new HashSet<>();
    for (Member member : members()) {
      if (!names.add(member.name())) {
        throw new MalformedJsonException("The object has a field twice.");
      }
    }
  }

  /** Finds what is directly in a container that was only passed over until now. */
  private void open() {
    boolean opened = members != null || elements != null;
    if (opened || (kind != Kind.OBJECT && kind != Kind.ARRAY)) {
      return;
    }
    try (JsonParser parser = source.parser(start, end)) {
      parser.nextToken();
      if (kind == Kind.OBJECT) {
        readMembers(parser, start);
      } else {
        readElements(parser, start);
      }
    }
  }

  private void readMembers(JsonParser parser, int offset) {
    List<Member> found = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int nameStart = JsonSource.tokenStart(parser, offset);
      parser.nextToken();
      found.add(new Member(name, nameStart, passOver(parser, offset)));
    }
    members = found;
    end = offset + (int) parser.currentLocation().getByteOffset();
  }

  private void readElements(JsonParser parser, int offset) {
    List<JsonValue> found = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      found.add(passOver(parser, offset));
    }
    elements = found;
    end = offset + (int) parser.currentLocation().getByteOffset();
  }

  private JsonValue passOver(JsonParser parser, int offset) {
    JsonValue value =
        new JsonValue(source, kindOf(parser.currentToken()), JsonSource.tokenStart(parser, offset));
    value.end = source.valueEnd(parser, offset);
    return value;
  }

  private static Kind kindOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> Kind.OBJECT;
      case START_ARRAY -> Kind.ARRAY;
      case VALUE_STRING -> Kind.STRING;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      default -> Kind.NULL;
    };
  }
}
