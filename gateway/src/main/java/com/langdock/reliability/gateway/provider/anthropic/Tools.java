package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
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
 * <p>A list of allowed tools becomes a shorter list of tools. Strictness is dropped, as Anthropic's
 * own compatibility layer does: a strict schema has more limits there than at OpenAI.
 *
 * <p>A model that always thinks refuses a request that forces a tool call: it is told to call one,
 * and may. Where the answer's form is that of a tool ({@link AnswerFormat}), that tool stands after
 * the client's, and the model has to call one of them.
 */
final class Tools {
  private final List<Tool.Function> functions = new ArrayList<>();
  private final ToolChoice wish;
  private final Mode choice;
  private final @Nullable String only;
  private final boolean onlyOneAtOnce;
  private final @Nullable AnswerFormat answer;
  private final @Nullable String instruction;
  private final RequestChanges.Builder changes;

  private Tools(
      Conversation conversation,
      ModelTraits traits,
      AnswerFormat format,
      RequestChanges.Builder changes) {
    this.changes = changes;
    wish = conversation.toolChoice();
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Function function && isAllowed(function)) {
        functions.add(function);
      }
    }
    if (format.way() == AnswerFormat.Way.TOOL) {
      answer = format;
      boolean onlyTheAnswer = functions.isEmpty() || wish.mode() == Mode.NONE;
      choice = onlyTheAnswer ? Mode.ONE : Mode.ANY;
      only = onlyTheAnswer ? format.toolName() : null;
      instruction = null;
      onlyOneAtOnce = true;
      return;
    }
    boolean refused =
        !traits.thinking().allowsForcedTool() && wish.isForced() && !functions.isEmpty();
    answer = null;
    choice = refused ? Mode.AUTO : wish.mode();
    only = refused ? null : wish.only();
    instruction = refused ? instruction(wish.only()) : null;
    onlyOneAtOnce = wish.oneAtATime();
  }

  /**
   * The tools of the request.
   *
   * @param format how the answer's form is asked for, which may be by a tool
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

  /** Whether the client leaves the model no choice but to call one of its tools. */
  static boolean areForced(Conversation conversation) {
    return !conversation.tools().isEmpty() && conversation.toolChoice().isForced();
  }

  private boolean isAllowed(Tool.Function function) {
    return wish.allowed() == null || wish.allowed().contains(function.name());
  }

  private static String instruction(@Nullable String named) {
    return named == null
        ? "Answer by calling one of the tools, without text before the call."
        : "Answer by calling the tool " + named + ", without text before the call.";
  }

  /** What the system prompt says about calling tools, null for nothing. */
  @Nullable String instruction() {
    if (instruction != null) {
      changes.adjusted(wish.path());
    }
    return instruction;
  }

  /** Whether the model has no choice but to call a tool. */
  boolean forceACall() {
    return (!functions.isEmpty() || answer != null) && (choice == Mode.ANY || choice == Mode.ONE);
  }

  /** How many breakpoints of the prompt cache the tools have. */
  long marks() {
    return functions.stream().filter(function -> function.cacheMark() != null).count();
  }

  /** Writes {@code tools} and {@code tool_choice}, nothing when there are no tools. */
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
    if (choice != Mode.AUTO || onlyOneAtOnce) {
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
        out.writeStringProperty("name", only);
      }
    }
    if (onlyOneAtOnce && choice != Mode.NONE) {
      out.writeBooleanProperty("disable_parallel_tool_use", true);
    }
    out.writeEndObject();
  }

  private void writeTool(JsonGenerator out, Tool.Function function) {
    String description = function.description();
    Field<JsonValue> parameters = function.parameters();
    out.writeStartObject();
    out.writeStringProperty("name", function.name());
    if (description != null && !AnthropicWhitespace.isBlank(description)) {
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
