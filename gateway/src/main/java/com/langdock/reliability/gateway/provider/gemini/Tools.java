package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The functions of a request and the choice among them.
 *
 * <p>All functions are in one entry of {@code tools}, with their schemas in {@code
 * parametersJsonSchema}, which takes any JSON schema. Gemini limits the allowed functions only if
 * it must call one of them; else only the allowed ones are sent. It has no option for one call per
 * turn, so the model is told.
 */
final class Tools {
  private static final String ONE_AT_A_TIME = "Call at most one function in each of your turns.";

  private final List<Tool.Function> functions = new ArrayList<>();
  private final ToolChoice choice;
  private final RequestChanges.Builder changes;

  private Tools(Conversation conversation, RequestChanges.Builder changes) {
    this.choice = conversation.toolChoice();
    this.changes = changes;
    for (Tool tool : conversation.tools()) {
      if (tool instanceof Tool.Function function && isSent(function)) {
        functions.add(function);
      }
    }
  }

  /** The tools of {@code conversation}. */
  static Tools of(Conversation conversation, RequestChanges.Builder changes) {
    return new Tools(conversation, changes);
  }

  private boolean isSent(Tool.Function function) {
    List<String> allowed = choice.allowed();
    return choice.mode() == Mode.ANY || allowed == null || allowed.contains(function.name());
  }

  /** The instruction for the system prompt about calls; null if none is needed. */
  @Nullable String instruction() {
    if (!choice.oneAtATime() || functions.isEmpty() || choice.mode() == Mode.NONE) {
      return null;
    }
    changes.adjusted(choice.path());
    return ONE_AT_A_TIME;
  }

  /** Writes {@code tools} and {@code toolConfig}, if there are functions. */
  void write(JsonGenerator out) {
    if (functions.isEmpty()) {
      return;
    }
    out.writeName("tools");
    out.writeStartArray();
    out.writeStartObject();
    out.writeName("functionDeclarations");
    out.writeStartArray();
    functions.forEach(function -> write(out, function));
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndArray();
    if (choice.mode() != Mode.AUTO) {
      writeChoice(out);
    }
  }

  private static void write(JsonGenerator out, Tool.Function function) {
    String description = function.description();
    Field<JsonValue> parameters = function.parameters();
    out.writeStartObject();
    out.writeStringProperty("name", ToolNames.sent(function.name()));
    if (description != null && !description.isBlank()) {
      out.writeStringProperty("description", description);
    }
    if (parameters != null) {
      out.writeName("parametersJsonSchema");
      out.writeRawValue(parameters.value().raw());
    }
    out.writeEndObject();
  }

  private void writeChoice(JsonGenerator out) {
    out.writeName("toolConfig");
    out.writeStartObject();
    out.writeName("functionCallingConfig");
    out.writeStartObject();
    switch (choice.mode()) {
      case AUTO, UNKNOWN -> out.writeStringProperty("mode", "AUTO");
      case NONE -> out.writeStringProperty("mode", "NONE");
      case ANY -> {
        out.writeStringProperty("mode", "ANY");
        writeAllowed(out, choice.allowed());
      }
      case ONE -> {
        out.writeStringProperty("mode", "ANY");
        writeAllowed(out, choice.only() == null ? null : List.of(choice.only()));
      }
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void writeAllowed(JsonGenerator out, @Nullable List<String> names) {
    if (names != null) {
      out.writeName("allowedFunctionNames");
      out.writeStartArray();
      names.forEach(name -> out.writeString(ToolNames.sent(name)));
      out.writeEndArray();
    }
  }
}
