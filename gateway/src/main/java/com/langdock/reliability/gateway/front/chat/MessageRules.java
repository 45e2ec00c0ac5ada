package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Validates each message: its role, content and tool calls. Rejects only messages that no provider
 * accepts: assistant messages without content, calls without ids and empty content are passed on.
 */
final class MessageRules {
  static final int MAX_MESSAGES = 100_000;

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** Roles whose messages may lack content. */
  private static final Set<String> MAY_LACK_CONTENT = Set.of("assistant", "tool", "function");

  private static final Set<String> CALL_TYPES = Set.of("function", "custom");
  private static final Rule NAME = Rule.string("name");
  private static final Rule REQUIRED_NAME =
      Rule.required("name", "expected a string", Rule.is(Kind.STRING));
  private static final Rule TOOL_CALL_ID = Rule.string("tool_call_id");
  private static final Rule TOOL_CALLS = Rule.array("tool_calls");
  private static final Rule ARGUMENTS =
      Rule.optional(
          "arguments",
          "expected JSON in a string",
          value -> value.kind() == Kind.STRING || value.kind() == Kind.OBJECT);
  private static final List<Rule> TOOL_CALL = List.of(Rule.string("id"), MessageRules::toolCall);

  private MessageRules() {}

  /** The first problem with the messages; null if there is none. */
  static @Nullable Problem check(JsonValue request, String path) {
    JsonValue messages = request.field("messages");
    if (messages == null) {
      return Problem.missing("messages");
    }
    int size = messages.size();
    if (size == 0 || size > MAX_MESSAGES) {
      return Problem.invalid("messages", "expected 1 to " + MAX_MESSAGES + " messages", messages);
    }
    List<JsonValue> all = messages.elements();
    for (int i = 0; i < all.size(); i++) {
      Problem problem = message(all.get(i), i);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable Problem message(JsonValue message, int index) {
    if (message.kind() != Kind.OBJECT) {
      return Problem.invalid("messages[" + index + "]", "expected an object", message);
    }
    String path = "messages[" + index + "].";
    JsonValue role = message.field("role");
    if (role == null) {
      return Problem.missing(path + "role");
    }
    if (!ROLES.contains(role.text())) {
      return Problem.invalid(
          path + "role", "expected system, developer, user, assistant, tool or function");
    }
    Problem problem = forRole(message, role.text(), path);
    return problem != null ? problem : content(message, role.text(), path);
  }

  private static @Nullable Problem forRole(JsonValue message, String role, String path) {
    return switch (role) {
      case "tool" -> TOOL_CALL_ID.check(message, path);
      case "function" -> REQUIRED_NAME.check(message, path);
      case "assistant" -> toolCalls(message, path);
      default -> NAME.check(message, path);
    };
  }

  private static @Nullable Problem toolCalls(JsonValue message, String path) {
    Problem problem = TOOL_CALLS.check(message, path);
    JsonValue calls = message.field("tool_calls");
    List<JsonValue> all = problem != null || calls == null ? List.of() : calls.elements();
    for (int i = 0; i < all.size() && problem == null; i++) {
      problem = Rule.first(TOOL_CALL, all.get(i), path + "tool_calls[" + i + "].");
    }
    return problem;
  }

  private static @Nullable Problem toolCall(JsonValue call, String path) {
    JsonValue type = call.field("type");
    if (type != null && !CALL_TYPES.contains(type.text())) {
      return null; // a provider's own type of call, which it may accept
    }
    JsonValue custom = call.field("custom");
    JsonValue function = custom != null ? custom : call.field("function");
    String name = custom != null ? "custom" : "function";
    if (function == null || function.kind() != Kind.OBJECT) {
      return Problem.missing(path + name);
    }
    Problem problem = REQUIRED_NAME.check(function, path + name + ".");
    return problem != null ? problem : ARGUMENTS.check(function, path + name + ".");
  }

  private static @Nullable Problem content(JsonValue message, String role, String path) {
    JsonValue content = message.field("content");
    boolean mayLackContent = MAY_LACK_CONTENT.contains(role);
    if (content == null || content.isNull()) {
      return mayLackContent ? null : Problem.missing(path + "content");
    }
    if (content.kind() == Kind.STRING) {
      return null;
    }
    if (content.kind() != Kind.ARRAY || (content.isEmpty() && !mayLackContent)) {
      return Problem.invalid(path + "content", "expected a string or an array of parts", content);
    }
    return ContentParts.check(content.elements(), path + "content");
  }
}
