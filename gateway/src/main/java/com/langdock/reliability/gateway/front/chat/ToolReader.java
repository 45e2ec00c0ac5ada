package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tools of a chat completion request and the choice among them. The deprecated {@code
 * functions} are tools with at most one call per turn.
 */
final class ToolReader {
  private static final String CHOICE = "tool_choice";
  private static final String LEGACY_CHOICE = "function_call";

  private ToolReader() {}

  /** The tools that the request {@code root} offers. */
  static List<Tool> tools(JsonValue root) {
    List<Tool> tools = new ArrayList<>();
    List<JsonValue> offered = JsonFields.array(root, "tools");
    for (int i = 0; i < offered.size(); i++) {
      JsonValue tool = offered.get(i);
      String path = "tools[" + i + "]";
      JsonValue function = JsonFields.object(tool, "function");
      tools.add(
          function == null
              ? new Tool.Unknown("", path + ".type")
              : function(function, path, path + ".function", ContentReader.cacheMark(tool)));
    }
    List<JsonValue> functions = JsonFields.array(root, "functions");
    for (int i = 0; i < functions.size(); i++) {
      String path = "functions[" + i + "]";
      tools.add(function(functions.get(i), path, path, null));
    }
    return List.copyOf(tools);
  }

  /** The tool choice of the request {@code root}. */
  static ToolChoice choice(JsonValue root) {
    JsonValue choice = JsonFields.value(root, CHOICE);
    JsonValue legacyChoice = JsonFields.value(root, LEGACY_CHOICE);
    JsonValue selected = choice == null ? legacyChoice : choice;
    JsonValue allowed = JsonFields.object(selected, "allowed_tools");
    String only = only(selected);
    return new ToolChoice(
        choice != null && !isKnown(choice) ? Mode.UNKNOWN : mode(selected, allowed, only),
        only,
        allowed == null ? null : names(JsonFields.array(allowed, "tools")),
        isOneAtATime(root),
        choice == null && legacyChoice != null ? LEGACY_CHOICE : CHOICE);
  }

  /**
   * A function.
   *
   * @param path path of the tool, which is the prefix of the parameters' path
   * @param functionPath path of the function itself
   */
  private static Tool function(
      JsonValue function, String path, String functionPath, @Nullable CacheMark mark) {
    JsonValue parameters = JsonFields.object(function, "parameters");
    JsonValue strict = JsonFields.value(function, "strict");
    return new Tool.Function(
        name(function),
        JsonFields.text(function, "description"),
        parameters == null ? null : new Field<>(path + ".parameters", parameters),
        strict == null ? null : new Field<>(functionPath + ".strict", strict.isTrue()),
        mark == null ? ContentReader.cacheMark(function) : mark);
  }

  private static boolean isOneAtATime(JsonValue root) {
    JsonValue parallel = JsonFields.value(root, "parallel_tool_calls");
    return ChatNames.isLegacy(root)
        || (parallel != null && parallel.kind() == JsonValue.Kind.BOOLEAN && !parallel.isTrue());
  }

  private static boolean isKnown(JsonValue choice) {
    String name =
        choice.kind() == JsonValue.Kind.STRING ? choice.text() : JsonFields.text(choice, "type");
    return switch (name) {
      case "auto", "none", "required", "any" -> choice.kind() == JsonValue.Kind.STRING;
      case "function", "allowed_tools" -> choice.kind() != JsonValue.Kind.STRING;
      case null, default -> false;
    };
  }

  private static Mode mode(
      @Nullable JsonValue selected, @Nullable JsonValue allowed, @Nullable String only) {
    if (only != null) {
      return Mode.ONE;
    }
    String name = null;
    if (allowed != null) {
      name = JsonFields.text(allowed, "mode");
    } else if (selected != null && selected.kind() == JsonValue.Kind.STRING) {
      name = selected.text();
    }
    return switch (name) {
      case "required", "any" -> Mode.ANY;
      case "none" -> Mode.NONE;
      case null, default -> Mode.AUTO;
    };
  }

  private static @Nullable String only(@Nullable JsonValue selected) {
    JsonValue function = JsonFields.object(selected, "function");
    return JsonFields.text(function == null ? selected : function, "name");
  }

  private static List<String> names(List<JsonValue> tools) {
    return tools.stream()
        .map(tool -> {
          JsonValue function = JsonFields.object(tool, "function");
          return name(function == null ? tool : function);
        })
        .toList();
  }

  private static String name(JsonValue function) {
    return Objects.requireNonNullElse(JsonFields.text(function, "name"), "");
  }
}
