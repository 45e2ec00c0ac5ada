package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates tools, tool choice and response format. Unknown types are passed on, because some
 * providers support more types than OpenAI.
 */
final class ToolRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Set<String> TYPES = Set.of("function", "custom");

  static final List<Rule> ALL =
      List.of(
          Rule.array("tools"),
          Rule.array("functions"),
          ToolRules::tools,
          Rule.optional(
              "tool_choice", "expected none, auto, required or a tool", ToolRules::isChoice),
          Rule.object("response_format"),
          ToolRules::responseFormat);

  private static final List<Rule> TOOL =
      List.of(
          Rule.required("type", "expected a string", Rule.is(Kind.STRING)), ToolRules::definition);

  private static final List<Rule> DEFINITION =
      List.of(
          Rule.required(
              "name",
              "expected 1 to 64 letters, digits, '_' or '-'",
              value -> NAME.matcher(value.text()).matches()),
          Rule.string("description"),
          Rule.object("parameters"),
          Rule.flag("strict"));

  private ToolRules() {}

  private static @Nullable Problem tools(JsonValue request, String path) {
    JsonValue tools = request.field("tools");
    List<JsonValue> all = tools == null ? List.of() : tools.elements();
    for (int i = 0; i < all.size(); i++) {
      Problem problem = Rule.first(TOOL, all.get(i), "tools[" + i + "].");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable Problem definition(JsonValue tool, String path) {
    JsonValue type = tool.field("type");
    String kind = type == null ? "" : type.text();
    if (!TYPES.contains(kind)) {
      return null;
    }
    JsonValue definition = tool.field(kind);
    return definition == null || definition.kind() != Kind.OBJECT
        ? Problem.missing(path + kind)
        : Rule.first(DEFINITION, definition, path + kind + ".");
  }

  private static boolean isChoice(JsonValue value) {
    JsonValue type = value.field("type");
    return value.kind() == Kind.STRING || (type != null && type.kind() == Kind.STRING);
  }

  private static @Nullable Problem responseFormat(JsonValue request, String path) {
    JsonValue format = request.field("response_format");
    if (format == null || format.isNull()) {
      return null;
    }
    JsonValue type = format.field("type");
    if (type == null || type.kind() != Kind.STRING) {
      return Problem.invalid("response_format.type", "expected text, json_object or json_schema");
    }
    if (!type.text().equals("json_schema")) {
      return null;
    }
    JsonValue schema = format.field("json_schema");
    return schema == null || schema.kind() != Kind.OBJECT
        ? Problem.missing("response_format.json_schema")
        : Rule.first(DEFINITION.subList(0, 1), schema, "response_format.json_schema.");
  }
}
