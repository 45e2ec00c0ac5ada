package com.langdock.reliability.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of external JSON: a field that is absent, null or of another kind than expected is
 * treated as absent.
 */
public final class JsonFields {
  private JsonFields() {}

  /** The field {@code name} of {@code object}, null when it is absent or null. */
  public static @Nullable JsonValue value(@Nullable JsonValue object, String name) {
    if (object == null || object.kind() != JsonValue.Kind.OBJECT) {
      return null;
    }
    JsonValue found = object.field(name);
    return found == null || found.isNull() ? null : found;
  }

  /** The field {@code name} if it is an object, else null. */
  public static @Nullable JsonValue object(@Nullable JsonValue object, String name) {
    return ofKind(value(object, name), JsonValue.Kind.OBJECT);
  }

  /** The text of the field {@code name} if it is a string, else null. */
  public static @Nullable String text(@Nullable JsonValue object, String name) {
    JsonValue string = ofKind(value(object, name), JsonValue.Kind.STRING);
    return string == null ? null : string.text();
  }

  /** Whether the field {@code name} is the string {@code ascii}, which needs no escapes. */
  public static boolean isText(@Nullable JsonValue object, String name, String ascii) {
    JsonValue value = value(object, name);
    return value != null && value.isText(ascii);
  }

  /** The strings in the field {@code name}: itself, or those in it if it is an array. */
  public static List<String> texts(@Nullable JsonValue object, String name) {
    String only = text(object, name);
    return only != null
        ? List.of(only)
        : array(object, name).stream()
            .filter(element -> element.kind() == JsonValue.Kind.STRING)
            .map(JsonValue::text)
            .toList();
  }

  /** The elements of the field {@code name}, none if it is not an array. */
  public static List<JsonValue> array(@Nullable JsonValue object, String name) {
    JsonValue array = ofKind(value(object, name), JsonValue.Kind.ARRAY);
    return array == null ? List.of() : array.elements();
  }

  /** The field {@code name} if it is a number, else null. */
  public static @Nullable JsonValue number(@Nullable JsonValue object, String name) {
    return ofKind(value(object, name), JsonValue.Kind.NUMBER);
  }

  /** The number in the field {@code name} as a count, zero if it is none or below zero. */
  public static long count(@Nullable JsonValue object, String name) {
    JsonValue number = number(object, name);
    return number == null ? 0 : Math.max(0, (long) number.number());
  }

  /** Whether the field {@code name} is {@code true}. */
  public static boolean isTrue(@Nullable JsonValue object, String name) {
    JsonValue flag = value(object, name);
    return flag != null && flag.isTrue();
  }

  private static @Nullable JsonValue ofKind(@Nullable JsonValue value, JsonValue.Kind kind) {
    return value != null && value.kind() == kind ? value : null;
  }
}
