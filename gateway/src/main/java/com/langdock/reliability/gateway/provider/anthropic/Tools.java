package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
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
 * compatibility layer does: a strict schema has more limits there than at OpenAI.
 *
 * <p>A model that always thinks refuses a request that forces a tool call: it is told to call one,
 * and may. Where the answer's form is that of a tool ({@link AnswerFormat}), that tool stands after
 * the client's, and the model has to call one of them.
 */
final class Tools {
  private static final String CHOICE_FIELD = "tool_choice";

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
  private final @Nullable AnswerFormat answer;
  private final @Nullable String instruction;
  private final RequestChanges.Builder changes;

  private Tools(
      JsonValue root, ModelTraits traits, AnswerFormat format, RequestChanges.Builder changes) {
    this.changes = changes;
    JsonValue wish = wish(root);
    JsonValue allowed = JsonFields.object(wish, "allowed_tools");
    Set<String> allowedNames = names(JsonFields.array(allowed, "tools"));
    for (JsonValue tool : JsonFields.array(root, "tools")) {
      if (allowed == null || allowedNames.contains(name(tool))) {
        functions.add(tool);
      }
    }
    functions.addAll(JsonFields.array(root, "functions"));
    String named = wish == null ? null : onlyTool(wish);
    Choice wanted = choice(word(wish, allowed), named);
    if (format.way() == AnswerFormat.Way.TOOL) {
      answer = format;
      boolean onlyTheAnswer = functions.isEmpty() || wanted == Choice.NONE;
      choice = onlyTheAnswer ? Choice.TOOL : Choice.ANY;
      only = onlyTheAnswer ? format.toolName() : null;
      instruction = null;
      onlyOneAtOnce = true;
      return;
    }
    boolean refused =
        !traits.thinking().allowsForcedTool() && isForced(wanted) && !functions.isEmpty();
    answer = null;
    choice = refused ? Choice.AUTO : wanted;
    only = refused ? null : named;
    instruction = refused ? instruction(named) : null;
    onlyOneAtOnce = isLegacy(root) || isFalse(root, "parallel_tool_calls");
  }

  /**
   * The tools of the request {@code root}.
   *
   * @param format how the answer's form is asked for, which may be by a tool
   */
  static Tools of(
      JsonValue root, ModelTraits traits, AnswerFormat format, RequestChanges.Builder changes) {
    return new Tools(root, traits, format, changes);
  }

  /** The names of the tools that the client offers. */
  static Set<String> names(JsonValue root) {
    Set<String> names = names(JsonFields.array(root, "tools"));
    names.addAll(names(JsonFields.array(root, "functions")));
    return names;
  }

  /** Whether the client leaves the model no choice but to call one of its tools. */
  static boolean areForced(JsonValue root) {
    JsonValue wish = wish(root);
    boolean any =
        !JsonFields.array(root, "tools").isEmpty()
            || !JsonFields.array(root, "functions").isEmpty();
    return any
        && wish != null
        && isForced(choice(word(wish, JsonFields.object(wish, "allowed_tools")), onlyTool(wish)));
  }

  private static String instruction(@Nullable String named) {
    return named == null
        ? "Answer by calling one of the tools, without text before the call."
        : "Answer by calling the tool " + named + ", without text before the call.";
  }

  /** What the system prompt says about calling tools, null for nothing. */
  @Nullable String instruction() {
    if (instruction != null) {
      changes.adjusted(CHOICE_FIELD);
    }
    return instruction;
  }

  /** Whether the client speaks the deprecated dialect, and must be answered in it. */
  static boolean isLegacy(JsonValue root) {
    return JsonFields.array(root, "tools").isEmpty()
        && !JsonFields.array(root, "functions").isEmpty();
  }

  /** Whether the model has no choice but to call a tool. */
  boolean forceACall() {
    return (!functions.isEmpty() || answer != null) && isForced(choice);
  }

  /** How many breakpoints of the prompt cache the tools have. */
  long marks() {
    return functions.stream().filter(tool -> cacheControl(tool) != null).count();
  }

  private static @Nullable String cacheControl(JsonValue tool) {
    String control = Parts.cacheControl(tool);
    return control == null ? Parts.cacheControl(function(tool)) : control;
  }

  private static boolean isForced(Choice choice) {
    return choice == Choice.ANY || choice == Choice.TOOL;
  }

  /** Writes {@code tools} and {@code tool_choice}, nothing when there are no tools. */
  void write(JsonGenerator out) {
    if (functions.isEmpty() && answer == null) {
      return;
    }
    out.writeName("tools");
    out.writeStartArray();
    for (int i = 0; i < functions.size(); i++) {
      writeTool(out, functions.get(i), i);
    }
    if (answer != null) {
      answer.writeTool(out, changes);
    }
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

  private void writeTool(JsonGenerator out, JsonValue tool, int index) {
    JsonValue function = function(tool);
    String description = JsonFields.text(function, "description");
    out.writeStartObject();
    out.writeStringProperty("name", name(tool));
    if (description != null && !AnthropicWhitespace.isBlank(description)) {
      out.writeStringProperty("description", description);
    }
    ToolSchema schema = ToolSchema.of(JsonFields.object(function, "parameters"));
    if (schema.isChanged()) {
      changes.adjusted("tools[" + index + "].parameters");
    }
    Block.writeRaw(out, "input_schema", schema.json());
    Block.writeRaw(out, "cache_control", cacheControl(tool));
    out.writeEndObject();
  }

  private static @Nullable JsonValue wish(JsonValue root) {
    JsonValue wish = JsonFields.value(root, "tool_choice");
    return wish == null ? JsonFields.value(root, "function_call") : wish;
  }

  private static @Nullable String word(@Nullable JsonValue wish, @Nullable JsonValue allowed) {
    if (allowed != null) {
      return JsonFields.text(allowed, "mode");
    }
    return wish != null && wish.kind() == JsonValue.Kind.STRING ? wish.text() : null;
  }

  private static @Nullable String onlyTool(JsonValue wish) {
    JsonValue function = JsonFields.object(wish, "function");
    return JsonFields.text(function == null ? wish : function, "name");
  }

  private static Choice choice(@Nullable String word, @Nullable String only) {
    if (only != null) {
      return Choice.TOOL;
    }
    return switch (word) {
      case "required", "any" -> Choice.ANY;
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
    String name = JsonFields.text(function(tool), "name");
    return name == null ? "" : name;
  }

  private static JsonValue function(JsonValue tool) {
    JsonValue function = JsonFields.object(tool, "function");
    return function == null ? tool : function;
  }

  private static boolean isFalse(JsonValue root, String name) {
    JsonValue flag = JsonFields.value(root, name);
    return flag != null && flag.raw().equals("false");
  }
}
