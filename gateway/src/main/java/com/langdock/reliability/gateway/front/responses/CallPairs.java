package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks that every call has its result, and every result its call: every provider would. */
final class CallPairs {
  private final Map<String, Integer> unanswered = new LinkedHashMap<>();

  private CallPairs() {}

  /** The first problem in the request {@code root}; null if none. State may hold the other half. */
  static @Nullable Problem check(JsonValue root) {
    boolean hasState =
        JsonFields.value(root, "previous_response_id") != null
            || JsonFields.value(root, "conversation") != null
            || JsonFields.array(root, "input").stream()
                .anyMatch(item -> ItemReader.type(item).equals("item_reference"));
    return hasState ? null : new CallPairs().problem(root);
  }

  private @Nullable Problem problem(JsonValue root) {
    for (JsonValue item : JsonFields.array(root, "input")) {
      String id = Objects.requireNonNullElse(JsonFields.text(item, "call_id"), "");
      switch (ItemReader.type(item)) {
        case "function_call", "custom_tool_call" -> unanswered.merge(id, 1, Integer::sum);
        case "function_call_output", "custom_tool_call_output" -> {
          if (!answer(id)) {
            return problem("No tool call found for function call output with call_id " + id + ".");
          }
        }
        default -> {} // no call that the client answers
      }
    }
    return unanswered.isEmpty()
        ? null
        : problem(
            "No tool output found for function call "
                + unanswered.keySet().iterator().next()
                + ".");
  }

  /** Whether a call waits for this result. */
  private boolean answer(String id) {
    Integer calls = unanswered.remove(id);
    if (calls != null && calls > 1) {
      unanswered.put(id, calls - 1);
    }
    return calls != null;
  }

  private static Problem problem(String message) {
    return new Problem(Problem.Code.INVALID_VALUE, message, "input");
  }
}
