package com.langdock.reliability.gateway.provider.anthropic.request;

import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The tools of a request and which of them the model may use.
 *
 * <p>A list of allowed tools becomes a shorter list of tools. The deprecated {@code functions} are
 * tools of which one is called at a time. {@code strict} is dropped, as Anthropic's own
 * compatibility layer does: which models know it cannot be told from here, and the others refuse
 * the request for it.
 */
final class Tools {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  /** How the model chooses, in Anthropic's words. */
  private enum Choice {
    AUTO,
    ANY,
    NONE,
    TOOL
  }

  private final List<JsonValue> functions = new ArrayList<>();
  private final Choice choice;
  private final @Nullable String only;
  private final boolean onlyOneAtOnce;

  private Tools(JsonValue root) {
    JsonValue wish = wish(root);
    JsonValue allowed = Fields.object(wish, "allowed_tools");
    Set<String> allowedNames = names(Fields.array(allowed, "tools"));
    for (JsonValue tool : Fields.array(root, "tools")) {
      if (allowed == null || allowedNames.contains(name(tool))) {
        functions.add(tool);
      }
    }
    functions.addAll(Fields.array(root, "functions"));
    only = wish == null ? null : onlyTool(wish);
    choice = choice(word(wish, allowed), only);
    onlyOneAtOnce = isLegacy(root) || isFalse(root, "parallel_tool_calls");
  }

  /** The tools of the request {@code root}. */
  static Tools of(JsonValue root) {
    return new Tools(root);
  }

  /** Whether the client speaks the deprecated dialect, and must be answered in it. */
  static boolean isLegacy(JsonValue root) {
    return Fields.array(root, "tools").isEmpty() && !Fields.array(root, "functions").isEmpty();
  }

  /** Whether the model has no choice but to call a tool. */
  boolean forceACall() {
    return !functions.isEmpty() && (choice == Choice.ANY || choice == Choice.TOOL);
  }

  /** Writes {@code tools} and {@code tool_choice}, nothing when there are no tools. */
  void write(JsonGenerator out) {
    if (functions.isEmpty()) {
      return;
    }
    out.writeName("tools");
    out.writeStartArray();
    functions.forEach(tool -> writeTool(out, tool));
    out.writeEndArray();
    if (choice != Choice.AUTO || onlyOneAtOnce) {
      writeChoice(out);
    }
  }

  private void writeChoice(JsonGenerator out) {
    out.writeName("tool_choice");
    out.writeStartObject();
    switch (choice) {
      case AUTO -> out.writeStringProperty("type", "auto");
      case ANY -> out.writeStringProperty("type", "any");
      case NONE -> out.writeStringProperty("type", "none");
      case TOOL -> {
        out.writeStringProperty("type", "tool");
        out.writeStringProperty("name", only);
      }
    }
    if (onlyOneAtOnce && choice != Choice.NONE) {
      out.writeBooleanProperty("disable_parallel_tool_use", true);
    }
    out.writeEndObject();
  }

  private static void writeTool(JsonGenerator out, JsonValue tool) {
    JsonValue function = function(tool);
    String description = Fields.text(function, "description");
    out.writeStartObject();
    out.writeStringProperty("name", name(tool));
    if (description != null && !Blank.isBlank(description)) {
      out.writeStringProperty("description", description);
    }
    Block.writeRaw(out, "input_schema", schema(Fields.object(function, "parameters")));
    String cacheControl = Parts.cacheControl(tool);
    Block.writeRaw(
        out, "cache_control", cacheControl == null ? Parts.cacheControl(function) : cacheControl);
    out.writeEndObject();
  }

  /** The schema as the client wrote it; Anthropic wants it to say that it is of an object. */
  private static String schema(@Nullable JsonValue parameters) {
    if (parameters == null || parameters.members().isEmpty()) {
      return NO_PARAMETERS;
    }
    return parameters.field("type") == null
        ? "{\"type\":\"object\"," + parameters.raw().substring(1)
        : parameters.raw();
  }

  private static @Nullable JsonValue wish(JsonValue root) {
    JsonValue wish = Fields.value(root, "tool_choice");
    return wish == null ? Fields.value(root, "function_call") : wish;
  }

  private static @Nullable String word(@Nullable JsonValue wish, @Nullable JsonValue allowed) {
    if (allowed != null) {
      return Fields.text(allowed, "mode");
    }
    return wish != null && wish.kind() == JsonValue.Kind.STRING ? wish.text() : null;
  }

  private static @Nullable String onlyTool(JsonValue wish) {
    JsonValue function = Fields.object(wish, "function");
    return Fields.text(function == null ? wish : function, "name");
  }

  private static Choice choice(@Nullable String word, @Nullable String only) {
    if (only != null) {
      return Choice.TOOL;
    }
    return switch (word) {
      case "required" -> Choice.ANY;
      case "none" -> Choice.NONE;
      case null, default -> Choice.AUTO;
    };
  }

  private static Set<String> names(List<JsonValue> tools) {
    Set<String> names = new HashSet<>();
    tools.forEach(tool -> names.add(name(tool)));
    return names;
  }

  private static String name(JsonValue tool) {
    String name = Fields.text(function(tool), "name");
    return name == null ? "" : name;
  }

  private static JsonValue function(JsonValue tool) {
    JsonValue function = Fields.object(tool, "function");
    return function == null ? tool : function;
  }

  private static boolean isFalse(JsonValue root, String name) {
    JsonValue flag = Fields.value(root, name);
    return flag != null && flag.raw().equals("false");
  }
}
