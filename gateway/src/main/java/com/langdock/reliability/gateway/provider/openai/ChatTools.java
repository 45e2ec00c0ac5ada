package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The tools of a request and the choice among them.
 *
 * <p>If the client allows only some tools and the provider has no such choice, only those are sent.
 * Tools of other kinds than functions are dropped; a request that needs one was rejected before.
 * {@code strict} is dropped if the schema is not one that OpenAI takes as strict.
 */
final class ChatTools {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  private final List<Tool.Function> functions = new ArrayList<>();
  private final ToolChoice choice;
  private final Set<Feature> features;
  private final RequestChanges.Builder changes;
  private final FunctionNames names;

  private ChatTools(
      Conversation conversation, Set<Feature> features, RequestChanges.Builder changes) {
    this.choice = conversation.toolChoice();
    this.names = new FunctionNames(conversation::tools);
    this.features = features;
    this.changes = changes;
  }

  static ChatTools of(
      Conversation conversation, Set<Feature> features, RequestChanges.Builder changes) {
    ChatTools tools = new ChatTools(conversation, features, changes);
    for (Tool tool : conversation.tools()) {
      switch (tool) {
        case Tool.Function function -> tools.add(function);
        case Tool.Unknown unknown -> changes.dropped(unknown.path());
      }
    }
    return tools;
  }

  private void add(Tool.Function function) {
    List<String> allowed = choice.allowed();
    if (allowed != null && !choosesAllowed() && !allowed.contains(function.name())) {
      return;
    }
    functions.add(function);
    if (function.cacheMark() != null && !features.contains(Feature.CACHE_CONTROL)) {
      changes.dropped("cache_control");
    }
  }

  private boolean choosesAllowed() {
    return features.contains(Feature.ALLOWED_TOOLS);
  }

  /** Writes the tools and the choice, if there are tools. */
  void write(JsonGenerator out) {
    if (functions.isEmpty()) {
      return;
    }
    out.writeName("tools");
    out.writeStartArray();
    functions.forEach(function -> writeTool(out, function));
    out.writeEndArray();
    writeChoice(out);
    if (choice.oneAtATime()) {
      out.writeBooleanProperty("parallel_tool_calls", false);
    }
  }

  private void writeTool(JsonGenerator out, Tool.Function function) {
    String description = function.description();
    Field<JsonValue> parameters = function.parameters();
    CacheMark mark = function.cacheMark();
    out.writeStartObject();
    out.writeStringProperty("type", "function");
    out.writeName("function");
    out.writeStartObject();
    out.writeStringProperty("name", names.sent(function.name()));
    if (description != null && !description.isEmpty()) {
      out.writeStringProperty("description", description);
    }
    out.writeName("parameters");
    out.writeRawValue(parameters == null ? NO_PARAMETERS : parameters.value().raw());
    writeStrict(out, function);
    out.writeEndObject();
    if (mark != null && features.contains(Feature.CACHE_CONTROL)) {
      out.writeName("cache_control");
      out.writeRawValue(mark.json());
    }
    out.writeEndObject();
  }

  private void writeStrict(JsonGenerator out, Tool.Function function) {
    Field<Boolean> strict = function.strict();
    Field<JsonValue> parameters = function.parameters();
    if (strict == null) {
      return;
    }
    if (!strict.value() || (parameters != null && StrictSchema.isStrict(parameters.value()))) {
      out.writeBooleanProperty("strict", strict.value());
    } else {
      changes.dropped(strict.path());
    }
  }

  private void writeChoice(JsonGenerator out) {
    List<String> allowed = choice.allowed();
    if (allowed != null && choosesAllowed() && choice.mode() != Mode.ONE) {
      writeAllowed(out, allowed);
      return;
    }
    String mode = mode(choice.mode());
    if (choice.mode() == Mode.ONE) {
      out.writeName("tool_choice");
      writeFunction(out, choice.only());
    } else if (!mode.equals("auto")) {
      out.writeStringProperty("tool_choice", mode);
    }
  }

  private void writeAllowed(JsonGenerator out, List<String> allowed) {
    out.writeName("tool_choice");
    out.writeStartObject();
    out.writeStringProperty("type", "allowed_tools");
    out.writeName("allowed_tools");
    out.writeStartObject();
    out.writeStringProperty("mode", mode(choice.mode()));
    out.writeName("tools");
    out.writeStartArray();
    allowed.forEach(name -> writeFunction(out, name));
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeFunction(JsonGenerator out, @Nullable String name) {
    out.writeStartObject();
    out.writeStringProperty("type", "function");
    out.writeName("function");
    out.writeStartObject();
    out.writeStringProperty("name", name == null ? null : names.sent(name));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String mode(Mode mode) {
    return switch (mode) {
      case ANY -> "required";
      case NONE -> "none";
      case AUTO, ONE, UNKNOWN -> "auto";
    };
  }
}
