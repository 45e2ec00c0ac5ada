package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads tools and the choice among them. */
final class ToolReader {
  private static final String CHOICE = "tool_choice";

  private ToolReader() {}

  /**
   * The tool at {@code path}. Tools with a type of their own are run by the provider, or have a
   * schema that only this format knows.
   */
  static Tool tool(JsonValue tool, String path, Unmapped unmapped) {
    String type = JsonFields.text(tool, "type");
    String name = Objects.requireNonNullElse(JsonFields.text(tool, "name"), "");
    if (type != null && !type.equals("custom")) {
      return new Tool.Unknown(name, path + ".type");
    }
    unmapped.dropped(tool, path, "defer_loading", "input_examples", "allowed_callers");
    JsonValue schema = JsonFields.object(tool, "input_schema");
    JsonValue strict = JsonFields.value(tool, "strict");
    return new Tool.Function(
        name,
        JsonFields.text(tool, "description"),
        schema == null ? null : new Field<>(path + ".input_schema", schema),
        strict == null ? null : new Field<>(path + ".strict", strict.isTrue()),
        BlockReader.cacheMark(tool));
  }

  /** The tool choice of the request {@code root}. */
  static ToolChoice choice(JsonValue root) {
    JsonValue choice = JsonFields.object(root, CHOICE);
    boolean oneAtATime = JsonFields.isTrue(choice, "disable_parallel_tool_use");
    String only = JsonFields.text(choice, "name");
    return new ToolChoice(mode(choice), only, null, oneAtATime, CHOICE);
  }

  private static Mode mode(@Nullable JsonValue choice) {
    return switch (choice == null ? "auto" : JsonFields.text(choice, "type")) {
      case "auto" -> Mode.AUTO;
      case "any" -> Mode.ANY;
      case "tool" -> Mode.ONE;
      case "none" -> Mode.NONE;
      case null, default -> Mode.UNKNOWN;
    };
  }
}
