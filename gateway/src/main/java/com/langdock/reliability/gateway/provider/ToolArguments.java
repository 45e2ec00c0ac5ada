package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * Repairs the arguments of tool calls in a conversation. A model wrote them, so they may be no JSON
 * object, but providers reject anything else.
 */
public final class ToolArguments {
  private static final String EMPTY = "{}";

  private ToolArguments() {}

  /**
   * The arguments as a JSON object: unchanged if they are one, an empty object if they are blank,
   * else an object with the text in {@code _raw}.
   */
  public static String object(String arguments) {
    if (arguments.isBlank()) {
      return EMPTY;
    }
    JsonValue parsed = JsonBody.json(arguments.getBytes(StandardCharsets.UTF_8));
    return parsed != null && parsed.kind() == JsonValue.Kind.OBJECT
        ? parsed.raw()
        : "{\"_raw\":" + JsonText.quote(arguments) + "}";
  }
}
