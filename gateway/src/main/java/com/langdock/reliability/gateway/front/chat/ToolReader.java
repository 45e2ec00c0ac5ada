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
 * functions} are tools of which one is called at a time.
 */
final class ToolReader {
  private static final String CHOICE = "tool_choice";
  private static final String OLD_CHOICE = "function_call";

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
              ? new Tool.Unknown(path + ".type")
              : function(function, path, path + ".function", ContentReader.cacheMark(tool)));
    }
    List<JsonValue> functions = JsonFields.array(root, "functions");
    for (int i = 0; i < functions.size(); i++) {
      String path = "functions[" + i + "]";
      tools.add(function(functions.get(i), path, path, null));
    }
    return List.copyOf(tools);
  }

  /** Which of its tools the request {@code root} wants to be called. */
  static ToolChoice choice(JsonValue root) {
    JsonValue choice = JsonFields.value(root, CHOICE);
    JsonValue oldChoice = JsonFields.value(root, OLD_CHOICE);
    JsonValue wish = choice == null ? oldChoice : choice;
    JsonValue allowed = JsonFields.object(wish, "allowed_tools");
    String only = only(wish);
    return new ToolChoice(
        choice != null && !isKnown(choice) ? Mode.UNKNOWN : mode(wish, allowed, only),
        only,
        allowed == null ? null : names(JsonFields.array(allowed, "tools")),
        callsOneAtATime(root),
        choice == null && oldChoice != null ? OLD_CHOICE : CHOICE);
  }

  /**
   * A function.
   *
   * @param path of the tool, as which clients know a function's parameters
   * @param functionPath of the function itself
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

  private static boolean callsOneAtATime(JsonValue root) {
    JsonValue parallel = JsonFields.value(root, "parallel_tool_calls");
    return ChatWords.isLegacy(root)
        || (parallel != null && parallel.kind() == JsonValue.Kind.BOOLEAN && !parallel.isTrue());
  }

  private static boolean isKnown(JsonValue choice) {
    String word =
        choice.kind() == JsonValue.Kind.STRING ? choice.text() : JsonFields.text(choice, "type");
    return switch (word) {
      case "auto", "none", "required", "any" -> choice.kind() == JsonValue.Kind.STRING;
      case "function", "allowed_tools" -> choice.kind() != JsonValue.Kind.STRING;
      case null, default -> false;
    };
  }

  private static Mode mode(
      @Nullable JsonValue wish, @Nullable JsonValue allowed, @Nullable String only) {
    if (only != null) {
      return Mode.ONE;
    }
    String word = null;
    if (allowed != null) {
      word = JsonFields.text(allowed, "mode");
    } else if (wish != null && wish.kind() == JsonValue.Kind.STRING) {
      word = wish.text();
    }
    return switch (word) {
      case "required", "any" -> Mode.ANY;
      case "none" -> Mode.NONE;
      case null, default -> Mode.AUTO;
    };
  }

  private static @Nullable String only(@Nullable JsonValue wish) {
    JsonValue function = JsonFields.object(wish, "function");
    return JsonFields.text(function == null ? wish : function, "name");
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
