package com.langdock.reliability.mock.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  /** An object from names and values in turn, in this order; values may be null. */
  public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = LinkedHashMap.newLinkedHashMap(namesAndValues.length);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  /** The value as JSON. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** The same in UTF-8. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * The parsed body; throws {@link tools.jackson.core.JacksonException} if it is not JSON, and
   * reads an empty body as a missing node.
   */
  public static JsonNode parse(byte[] body) {
    return MAPPER.readTree(body);
  }

  /** The same for a text. */
  public static JsonNode parse(String body) {
    return MAPPER.readTree(body);
  }
}
