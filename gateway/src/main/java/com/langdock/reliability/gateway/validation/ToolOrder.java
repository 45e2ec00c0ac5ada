package com.langdock.reliability.gateway.validation;

import com.langdock.reliability.gateway.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An assistant's tool calls are answered, each by one tool message, before anybody else speaks. */
final class ToolOrder {
  private final Set<String> unanswered = new LinkedHashSet<>();

  private ToolOrder() {}

  /** The first message that breaks the order. */
  static @Nullable Problem check(JsonValue request, String path) {
    JsonValue messages = request.field("messages");
    List<JsonValue> all = messages == null ? List.of() : messages.elements();
    ToolOrder order = new ToolOrder();
    for (int i = 0; i < all.size(); i++) {
      Problem problem = order.next(all.get(i), "messages[" + i + "]");
      if (problem != null) {
        return problem;
      }
    }
    return order.unanswered.isEmpty() ? null : order.unanswered("messages");
  }

  private @Nullable Problem next(JsonValue message, String path) {
    String role = text(message, "role");
    if (role.equals("tool")) {
      boolean asked = unanswered.remove(text(message, "tool_call_id"));
      return asked
          ? null
          : Problem.invalid(
              path + ".tool_call_id",
              "it must answer a tool call of the assistant's message just before it");
    }
    if (!unanswered.isEmpty()) {
      return unanswered(path + ".role");
    }
    JsonValue calls = message.field("tool_calls");
    if (calls != null) {
      calls.elements().forEach(call -> unanswered.add(text(call, "id")));
    }
    return null;
  }

  private Problem unanswered(String param) {
    return Problem.invalid(
        param,
        "an assistant message with 'tool_calls' must be followed by a tool message for each of"
            + " them; "
            + unanswered.size()
            + " have none");
  }

  private static String text(JsonValue object, String name) {
    JsonValue value = object.field(name);
    return value == null ? "" : value.text();
  }
}
