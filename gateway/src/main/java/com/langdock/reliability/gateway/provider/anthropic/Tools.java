package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import com.langdock.reliability.gateway.provider.claude.ToolSchema;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The tools of a request and the tool choice.
 *
 * <p>If the client allows only some tools, only those are sent. {@code strict} is dropped, as in
 * Anthropic's own compatibility layer, because strict schemas are more limited there than at
 * OpenAI.
 *
 * <p>A model that always thinks rejects a forced tool call: it gets an instruction to call a tool
 * instead. If the answer format uses a tool ({@link AnswerFormat}), that tool is added after the
 * client's, and the model must call one of them.
 */
final class Tools {
  private final List<Tool.Function> functions = new ArrayList<>();
  private final ToolChoice requested;
  private final Mode choice;
  private final @Nullable String only;
  private final boolean oneAtATime;
  private final @Nullable AnswerFormat answer;
  private final @Nullable String instruction;
  private final RequestChanges.Builder changes;

  private Tools(
      Conversation conversation,
      ModelTraits traits,
      AnswerFormat format,
      RequestChanges.Builder changes) {
    this.changes = changes;
    requested = conversation.toolChoice();
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Function function && isAllowed(function)) {
        functions.add(function);
      }
    }
    if (format.way() == AnswerFormat.Way.TOOL) {
      answer = format;
      boolean onlyTheAnswer = functions.isEmpty() || requested.mode() == Mode.NONE;
      choice = onlyTheAnswer ? Mode.ONE : Mode.ANY;
      only = onlyTheAnswer ? format.toolName() : null;
      instruction = null;
      oneAtATime = true;
      return;
    }
    boolean cannotForce =
        !traits.thinking().allowsForcedTool() && requested.isForced() && !functions.isEmpty();
    answer = null;
    choice = cannotForce ? Mode.AUTO : requested.mode();
    only = cannotForce ? null : requested.only();
    instruction = cannotForce ? instruction(requested.only()) : null;
    oneAtATime = requested.oneAtATime();
  }

  /**
   * The tools of the request.
   *
   * @param format the answer format, which may use a tool
   */
  static Tools of(
      Conversation conversation,
      ModelTraits traits,
      AnswerFormat format,
      RequestChanges.Builder changes) {
    return new Tools(conversation, traits, format, changes);
  }

  /** The names of the tools that the client offers. */
  static Set<String> names(Conversation conversation) {
    Set<String> names = new HashSet<>();
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Function function) {
        names.add(function.name());
      }
    }
    return names;
  }

  /** Whether the client requires a call to one of its tools. */
  static boolean areForced(Conversation conversation) {
    return !conversation.tools().isEmpty() && conversation.toolChoice().isForced();
  }

  private boolean isAllowed(Tool.Function function) {
    return requested.allowed() == null || requested.allowed().contains(function.name());
  }

  private static String instruction(@Nullable String named) {
    return named == null
        ? "Answer by calling one of the tools, without text before the call."
        : "Answer by calling the tool " + named + ", without text before the call.";
  }

  /** The instruction for the system prompt about calling tools; null if none is needed. */
  @Nullable String instruction() {
    if (instruction != null) {
      changes.adjusted(requested.path());
    }
    return instruction;
  }

  /** Whether the model must call a tool. */
  boolean isCallForced() {
    return (!functions.isEmpty() || answer != null) && (choice == Mode.ANY || choice == Mode.ONE);
  }

  /** The number of prompt cache breakpoints of the tools. */
  long marks() {
    return functions.stream().filter(function -> function.cacheMark() != null).count();
  }

  /** Writes {@code tools} and {@code tool_choice}, if there are tools. */
  void write(JsonGenerator out) {
    if (functions.isEmpty() && answer == null) {
      return;
    }
    out.writeName("tools");
    out.writeStartArray();
    functions.forEach(function -> writeTool(out, function));
    if (answer != null) {
      answer.writeTool(out, changes);
    }
    out.writeEndArray();
    if (choice != Mode.AUTO || oneAtATime) {
      writeChoice(out);
    }
  }

  private void writeChoice(JsonGenerator out) {
    out.writeName("tool_choice");
    out.writeStartObject();
    switch (choice) {
      case AUTO, UNKNOWN -> out.writeStringProperty("type", "auto");
      case ANY -> out.writeStringProperty("type", "any");
      case NONE -> out.writeStringProperty("type", "none");
      case ONE -> {
        out.writeStringProperty("type", "tool");
        out.writeStringProperty("name", only == null ? null : ToolNames.sent(only));
      }
    }
    if (oneAtATime && choice != Mode.NONE) {
      out.writeBooleanProperty("disable_parallel_tool_use", true);
    }
    out.writeEndObject();
  }

  private void writeTool(JsonGenerator out, Tool.Function function) {
    String description = function.description();
    Field<JsonValue> parameters = function.parameters();
    out.writeStartObject();
    out.writeStringProperty("name", ToolNames.sent(function.name()));
    if (description != null && !ClaudeWhitespace.isBlank(description)) {
      out.writeStringProperty("description", description);
    }
    ToolSchema schema = ToolSchema.of(parameters == null ? null : parameters.value());
    if (parameters != null && schema.isChanged()) {
      changes.adjusted(parameters.path());
    }
    Block.writeRaw(out, "input_schema", schema.json());
    Block.writeRaw(out, "cache_control", Parts.json(function.cacheMark()));
    out.writeEndObject();
  }
}
