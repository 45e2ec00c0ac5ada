package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a client's request, whose names Google takes in snake case too. */
final class GeminiNames {
  private GeminiNames() {}

  /** The field {@code name}, which is in camel case; null when it is absent or null. */
  static @Nullable JsonValue value(@Nullable JsonValue object, String name) {
    JsonValue found = JsonFields.value(object, name);
    return found == null ? JsonFields.value(object, snakeCase(name)) : found;
  }

  /** The field {@code name} if it is an object, else null. */
  static @Nullable JsonValue object(@Nullable JsonValue object, String name) {
    JsonValue found = value(object, name);
    return found != null && found.kind() == JsonValue.Kind.OBJECT ? found : null;
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
}
