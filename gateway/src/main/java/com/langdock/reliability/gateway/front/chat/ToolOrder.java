package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates that each tool call of an assistant message is answered by one tool message before any
 * other message.
 *
 * <p>Some providers give all calls of a turn the same id, or none. Then one message for that id is
 * enough, and there may be as many as calls.
 */
final class ToolOrder {
  /** The number of messages that may still answer each id of the last turn with calls. */
  private final Map<String, Integer> calls = new HashMap<>();

  private final Set<String> unanswered = new HashSet<>();

  private ToolOrder() {}

  /** The first violation of the order; null if there is none. */
  static @Nullable Problem check(JsonValue request, String path) {
    JsonValue messages = request.field("messages");
    List<JsonValue> all = messages == null ? List.of() : messages.elements();
    ToolOrder order = new ToolOrder();
    for (int i = 0; i < all.size(); i++) {
      Problem problem = order.next(all.get(i), i);
      if (problem != null) {
        return problem;
      }
    }
    return order.unanswered.isEmpty() ? null : order.unanswered("messages");
  }

  private @Nullable Problem next(JsonValue message, int index) {
    String role = text(message, "role");
    if (role.equals("tool")) {
      return recordAnswer(text(message, "tool_call_id"))
          ? null
          : unexpectedAnswer(message, "messages[" + index + "].tool_call_id");
    }
    if (!unanswered.isEmpty()) {
      return unanswered("messages[" + index + "].role");
    }
    calls.clear();
    JsonValue called = message.field("tool_calls");
    if (called != null) {
      for (JsonValue call : called.elements()) {
        calls.merge(text(call, "id"), 1, Integer::sum);
        unanswered.add(text(call, "id"));
      }
    }
    return null;
  }

  /** Records an answer to the call with this id. Returns whether one was expected. */
  private boolean recordAnswer(String id) {
    unanswered.remove(id);
    int left = calls.getOrDefault(id, 0);
    calls.put(id, left - 1);
    return left > 0;
  }

  private static Problem unexpectedAnswer(JsonValue message, String path) {
    return message.field("tool_call_id") == null
        ? Problem.missing(path)
        : Problem.invalid(
            path, "it must answer a tool call of the assistant's message just before it");
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
