package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields by their names in camel case; Google takes those in snake case too. A field of
 * another kind than expected is treated as absent.
 */
final class ProtoFields {
  private ProtoFields() {}

  /** The field {@code name}; null when it is absent or null. */
  static @Nullable JsonValue value(@Nullable JsonValue object, String name) {
    JsonValue found = JsonFields.value(object, name);
    return found == null ? JsonFields.value(object, snakeCase(name)) : found;
  }

  /** The field {@code name} if it is an object, else null. */
  static @Nullable JsonValue object(@Nullable JsonValue object, String name) {
    return ofKind(value(object, name), Kind.OBJECT);
  }

  /** The field {@code name} if it is a number, else null. */
  static @Nullable JsonValue number(@Nullable JsonValue object, String name) {
    return ofKind(value(object, name), Kind.NUMBER);
  }

  /** The elements of the field {@code name}; none if it is not an array. */
  static List<JsonValue> array(@Nullable JsonValue object, String name) {
    JsonValue array = ofKind(value(object, name), Kind.ARRAY);
    return array == null ? List.of() : array.elements();
  }

  /** The text of the field {@code name} if it is a string, else null. */
  static @Nullable String text(@Nullable JsonValue object, String name) {
    JsonValue string = ofKind(value(object, name), Kind.STRING);
    return string == null ? null : string.text();
  }

  /** The text of the field {@code name}; empty if it is no string. */
  static String textOrEmpty(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(text(object, name), "");
  }

  /** Whether the field {@code name} is {@code true}. */
  static boolean isTrue(@Nullable JsonValue object, String name) {
    JsonValue flag = value(object, name);
    return flag != null && flag.isTrue();
  }

  /** The name that {@code object} has for the field {@code name}. */
  static String nameIn(@Nullable JsonValue object, String name) {
    return JsonFields.value(object, name) == null
            && JsonFields.value(object, snakeCase(name)) != null
        ? snakeCase(name)
        : name;
  }

  /** The {@code name} of a field in camel case. */
  static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    boolean isNext = false;
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (letter == '_') {
        isNext = true;
      } else {
        camel.append(isNext ? Character.toUpperCase(letter) : letter);
        isNext = false;
      }
    }
    return camel.toString();
  }

  private static String snakeCase(String name) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      if (Character.isUpperCase(letter)) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(letter));
    }
    return snake.toString();
  }

  private static @Nullable JsonValue ofKind(@Nullable JsonValue value, Kind kind) {
    return value != null && value.kind() == kind ? value : null;
  }
}
