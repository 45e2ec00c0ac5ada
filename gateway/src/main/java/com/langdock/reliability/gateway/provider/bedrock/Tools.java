package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.ContentBlock;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The {@code toolConfig} of a request.
 *
 * <p>If the client allows only some tools, only those are sent. There is no choice of no tool: the
 * tools are left out, but a history with calls requires tools, so they stay and the model is told.
 * It is also told what Bedrock or the model has no option for: one call per turn, and a forced call
 * at a model that always thinks.
 */
final class Tools {
  private static final String NONE_NOW = "Answer without calling any tool.";
  private static final String ONE_AT_A_TIME = "Call at most one tool in each of your turns.";
  private static final String CALL_ONE =
      "Answer by calling one of the tools, without text before the call.";

  private final List<Tool.Function> functions = new ArrayList<>();

  /** Names of tools that only the history has. */
  private final Set<String> called = new LinkedHashSet<>();

  private final CachePoints cache;
  private final ToolChoice requested;
  private final Mode choice;
  private final @Nullable String instruction;
  private final RequestChanges.Builder changes;

  private Tools(
      Conversation conversation,
      ModelTraits traits,
      boolean isClaude,
      boolean hasHistory,
      RequestChanges.Builder changes) {
    this.changes = changes;
    this.cache = new CachePoints(isClaude);
    this.requested = conversation.toolChoice();
    boolean isOff = requested.mode() == Mode.NONE;
    for (Tool tool : conversation.tools()) {
      boolean isSent = tool instanceof Tool.Function some && isAllowed(some);
      if (isSent && (!isOff || hasHistory)) {
        functions.add((Tool.Function) tool);
      }
    }
    boolean hasNone = functions.isEmpty();
    if (hasNone && hasHistory) {
      addCalled(conversation);
    }
    boolean cannotForce = requested.isForced() && !traits.thinking().allowsForcedTool();
    this.choice = hasNone || isOff || cannotForce ? Mode.AUTO : requested.mode();
    if (hasHistory && (hasNone || isOff)) {
      this.instruction = NONE_NOW;
    } else if (hasNone) {
      this.instruction = null;
    } else if (cannotForce) {
      this.instruction = CALL_ONE;
    } else {
      this.instruction = requested.oneAtATime() ? ONE_AT_A_TIME : null;
    }
  }

  /**
   * The tools of the request.
   *
   * @param hasHistory whether the turns have calls or results
   */
  static Tools of(
      Conversation conversation,
      ModelTraits traits,
      boolean isClaude,
      boolean hasHistory,
      RequestChanges.Builder changes) {
    return new Tools(conversation, traits, isClaude, hasHistory, changes);
  }

  private boolean isAllowed(Tool.Function function) {
    return requested.allowed() == null || requested.allowed().contains(function.name());
  }

  private void addCalled(Conversation conversation) {
    conversation.messages().stream()
        .flatMap(message -> message.blocks().stream())
        .forEach(block -> {
          if (block instanceof ContentBlock.ToolCall call) {
            called.add(ToolNames.sent(call.name()));
          }
        });
    if (called.isEmpty()) {
      called.add("unknown"); // results without calls: the provider reports the error
    }
  }

  /** The instruction for the system prompt; null if none is needed. */
  @Nullable String instruction() {
    if (instruction != null && !requested.path().isEmpty()) {
      changes.adjusted(requested.path());
    }
    return instruction;
  }

  /** Whether the model must call a tool. */
  boolean isCallForced() {
    return choice == Mode.ANY || choice == Mode.ONE;
  }

  /** The number of cache points of the tools. */
  long cachePoints() {
    return functions.stream().filter(function -> cache.of(function.cacheMark()) != null).count();
  }

  /** Writes {@code toolConfig}, if there are tools. */
  void write(JsonGenerator out) {
    if (functions.isEmpty() && called.isEmpty()) {
      return;
    }
    out.writeName("toolConfig");
    out.writeStartObject();
    out.writeName("tools");
    out.writeStartArray();
    functions.forEach(function -> write(out, function));
    called.forEach(name -> write(out, name, null, ToolSchema.of(null)));
    out.writeEndArray();
    writeChoice(out);
    out.writeEndObject();
  }

  private void write(JsonGenerator out, Tool.Function function) {
    Field<JsonValue> parameters = function.parameters();
    ToolSchema schema = ToolSchema.of(parameters == null ? null : parameters.value());
    if (parameters != null && schema.isChanged()) {
      changes.adjusted(parameters.path());
    }
    write(out, ToolNames.sent(function.name()), function.description(), schema);
    Block.CachePoint point = cache.of(function.cacheMark());
    if (point != null) {
      point.write(out);
    }
  }

  private static void write(
      JsonGenerator out, String name, @Nullable String description, ToolSchema schema) {
    out.writeStartObject();
    out.writeName("toolSpec");
    out.writeStartObject();
    out.writeStringProperty("name", name);
    if (description != null && !ClaudeWhitespace.isBlank(description)) {
      out.writeStringProperty("description", description);
    }
    out.writeName("inputSchema");
    out.writeStartObject();
    out.writeName("json");
    out.writeRawValue(schema.json());
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeChoice(JsonGenerator out) {
    switch (choice) {
      case AUTO, NONE, UNKNOWN -> {}
      case ANY -> writeChoice(out, "any", null);
      case ONE -> writeChoice(out, "tool", requested.only());
    }
  }

  private static void writeChoice(JsonGenerator out, String kind, @Nullable String tool) {
    out.writeName("toolChoice");
    out.writeStartObject();
    out.writeName(kind);
    out.writeStartObject();
    if (tool != null) {
      out.writeStringProperty("name", ToolNames.sent(tool));
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
