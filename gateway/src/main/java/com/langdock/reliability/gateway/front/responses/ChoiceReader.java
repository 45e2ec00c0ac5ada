package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the choice among the tools. */
final class ChoiceReader {
  private static final String CHOICE = "tool_choice";

  private ChoiceReader() {}

  /** The choice of the request {@code root} among {@code tools}. */
  static ToolChoice choice(JsonValue root, OfferedTools tools) {
    JsonValue parallel = JsonFields.value(root, "parallel_tool_calls");
    boolean oneAtATime = parallel != null && parallel.kind() == Kind.BOOLEAN && !parallel.isTrue();
    JsonValue choice = JsonFields.value(root, CHOICE);
    if (choice == null || choice.kind() == Kind.STRING) {
      return new ToolChoice(
          mode(choice == null ? "auto" : choice.text()), null, null, oneAtATime, CHOICE);
    }
    if (JsonFields.isText(choice, "type", "allowed_tools")) {
      return allowed(choice, tools, oneAtATime);
    }
    String only = name(choice);
    boolean isOffered = tools.find(only) != null || tools.hasOther(only);
    return new ToolChoice(isOffered ? Mode.ONE : Mode.UNKNOWN, only, null, oneAtATime, CHOICE);
  }

  /** Those of the allowed tools that other formats have. */
  private static ToolChoice allowed(JsonValue choice, OfferedTools tools, boolean oneAtATime) {
    List<String> names =
        JsonFields.array(choice, "tools").stream()
            .map(ChoiceReader::name)
            .filter(name -> tools.find(name) != null)
            .toList();
    Mode mode = mode(Objects.requireNonNullElse(JsonFields.text(choice, "mode"), "auto"));
    if (names.isEmpty()) {
      return new ToolChoice(
          mode == Mode.ANY ? Mode.UNKNOWN : Mode.NONE, null, null, oneAtATime, CHOICE);
    }
    return new ToolChoice(mode, null, names, oneAtATime, CHOICE);
  }

  /** The name in other formats: of a tool that a provider runs, its type. */
  private static String name(@Nullable JsonValue tool) {
    String name = JsonFields.text(tool, "name");
    String type = Objects.requireNonNullElse(JsonFields.text(tool, "type"), "");
    return switch (type) {
      case "function", "custom" ->
          OfferedTools.flatName(
              JsonFields.text(tool, "namespace"), Objects.requireNonNullElse(name, ""));
      default -> type;
    };
  }

  private static Mode mode(String word) {
    return switch (word) {
      case "auto" -> Mode.AUTO;
      case "none" -> Mode.NONE;
      case "required" -> Mode.ANY;
      default -> Mode.UNKNOWN;
    };
  }
}
