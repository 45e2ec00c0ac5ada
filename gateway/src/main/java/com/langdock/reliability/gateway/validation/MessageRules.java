package com.langdock.reliability.gateway.validation;

import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.json.JsonValue.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every message by itself: its role, its content, its tool calls. */
final class MessageRules {
  static final int MAX_MESSAGES = 100_000;

  private static final Set<String> TEXT = Set.of("text");
  private static final Map<String, Set<String>> PARTS =
      Map.of(
          "system", TEXT,
          "developer", TEXT,
          "user", Set.of("text", "image_url", "input_audio", "file"),
          "assistant", Set.of("text", "refusal"),
          "tool", TEXT,
          "function", TEXT);

  /** What an assistant's turn may consist of instead of content. */
  private static final List<String> INSTEAD_OF_CONTENT =
      List.of("tool_calls", "function_call", "refusal", "audio");

  private static final List<Rule> TOOL_CALL =
      List.of(Rule.required("id", "expected a string", Rule.is(Kind.STRING)), MessageRules::called);

  private MessageRules() {}

  /** The first problem with the messages. */
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
      Problem problem = message(all.get(i), "messages[" + i + "]");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable Problem message(JsonValue message, String path) {
    if (message.kind() != Kind.OBJECT) {
      return Problem.invalid(path, "expected an object", message);
    }
    JsonValue role = message.field("role");
    if (role == null) {
      return Problem.missing(path + ".role");
    }
    Set<String> parts = PARTS.get(role.text());
    if (parts == null) {
      return Problem.invalid(
          path + ".role", "expected system, developer, user, assistant, tool or function");
    }
    Problem problem = ofRole(message, role.text(), path + ".");
    return problem != null ? problem : content(message, role.text(), parts, path + ".");
  }

  private static @Nullable Problem ofRole(JsonValue message, String role, String path) {
    Rule isString = Rule.string("name");
    return switch (role) {
      case "tool" ->
          Rule.required("tool_call_id", "expected a string", Rule.is(Kind.STRING))
              .check(message, path);
      case "function" ->
          Rule.required("name", "expected a string", Rule.is(Kind.STRING)).check(message, path);
      case "assistant" -> toolCalls(message, path);
      default -> isString.check(message, path);
    };
  }

  private static @Nullable Problem toolCalls(JsonValue message, String path) {
    Problem problem = Rule.array("tool_calls").check(message, path);
    JsonValue calls = message.field("tool_calls");
    List<JsonValue> all = problem != null || calls == null ? List.of() : calls.elements();
    for (int i = 0; i < all.size() && problem == null; i++) {
      problem = Rule.first(TOOL_CALL, all.get(i), path + "tool_calls[" + i + "].");
    }
    return problem;
  }

  private static @Nullable Problem called(JsonValue call, String path) {
    JsonValue custom = call.field("custom");
    JsonValue function = custom != null ? custom : call.field("function");
    String name = custom != null ? "custom" : "function";
    if (function == null || function.kind() != Kind.OBJECT) {
      return Problem.missing(path + name);
    }
    Problem problem =
        Rule.required("name", "expected a string", Rule.is(Kind.STRING))
            .check(function, path + name + ".");
    return problem != null ? problem : Rule.string("arguments").check(function, path + name + ".");
  }

  private static @Nullable Problem content(
      JsonValue message, String role, Set<String> parts, String path) {
    JsonValue content = message.field("content");
    if (content == null || content.isNull()) {
      return mayLackContent(message, role) ? null : Problem.missing(path + "content");
    }
    if (content.kind() == Kind.STRING) {
      return null;
    }
    if (content.kind() != Kind.ARRAY || content.isEmpty()) {
      return Problem.invalid(path + "content", "expected a string or an array of parts", content);
    }
    return ContentParts.check(content.elements(), parts, path + "content");
  }

  private static boolean mayLackContent(JsonValue message, String role) {
    return role.equals("function")
        || (role.equals("assistant")
            && INSTEAD_OF_CONTENT.stream()
                .map(message::field)
                .anyMatch(instead -> instead != null && !instead.isNull()));
  }
}
