package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;

/** Items of an input as JSON, separated by commas. */
final class InputItems {
  private InputItems() {}

  /** The items of the request {@code root}; a text is one of the user. */
  static String of(JsonValue root) {
    JsonValue input = JsonFields.value(root, "input");
    if (input == null) {
      return "";
    }
    String raw = input.raw();
    return switch (input.kind()) {
      case STRING -> "{\"type\":\"message\",\"role\":\"user\",\"content\":" + raw + "}";
      case ARRAY -> raw.substring(1, raw.length() - 1).strip();
      case OBJECT, NUMBER, BOOLEAN, NULL -> raw; // which is refused by what it is
    };
  }

  /** The items {@code before}, and then those of the request {@code root}. */
  static String joined(byte[] before, JsonValue root) {
    return joined(new String(before, UTF_8), of(root));
  }

  /** Both, in this order. */
  static String joined(String some, String more) {
    return some.isEmpty() || more.isEmpty() ? some + more : some + "," + more;
  }

  /**
   * An item of an answer as it is sent back; empty if it cannot be.
   *
   * @param isStored whether its provider finds it by its id; if not, the id is left out, and so is
   *     reasoning of which there is nothing but an id
   */
  static String sentBack(JsonValue item, boolean isStored) {
    if (isStored) {
      return item.raw();
    }
    boolean isOnlyId =
        JsonFields.isText(item, "type", "reasoning")
            && JsonFields.text(item, "encrypted_content") == null;
    return isOnlyId ? "" : withoutId(item.raw().getBytes(UTF_8));
  }

  private static String withoutId(byte[] item) {
    JsonValue root = JsonBody.json(item);
    return root == null ? "" : new String(new JsonSplice(root).remove(root, "id").bytes(), UTF_8);
  }
}
