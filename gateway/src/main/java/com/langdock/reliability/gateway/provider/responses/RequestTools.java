package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.openai.StrictSchema;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The tools of a request and the choice among them.
 *
 * <p>Tools of other kinds than functions are dropped; a request that needs one was rejected before.
 * {@code strict} is always sent, since its absence means true here; a schema that OpenAI does not
 * take as strict is sent without.
 */
final class RequestTools {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";
  private static final String CHOICE = "tool_choice";

  private final List<Tool.Function> functions = new ArrayList<>();
  private final ToolChoice choice;
  private final FunctionNames names;
  private final RequestChanges.Builder changes;

  private RequestTools(Conversation conversation, RequestChanges.Builder changes) {
    this.choice = conversation.toolChoice();
    this.names = new FunctionNames(conversation::tools);
    this.changes = changes;
  }

  static RequestTools of(Conversation conversation, RequestChanges.Builder changes) {
    RequestTools tools = new RequestTools(conversation, changes);
    for (Tool tool : conversation.tools()) {
      switch (tool) {
        case Tool.Function function -> tools.functions.add(function);
        case Tool.Unknown unknown -> changes.dropped(unknown.path());
      }
    }
    return tools;
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
    out.writeStartObject();
    out.writeStringProperty("type", "function");
    out.writeStringProperty("name", names.sent(function.name()));
    if (description != null && !description.isEmpty()) {
      out.writeStringProperty("description", description);
    }
    out.writeName("parameters");
    out.writeRawValue(parameters == null ? NO_PARAMETERS : object(parameters));
    out.writeBooleanProperty("strict", isStrict(function.strict(), parameters));
    out.writeEndObject();
  }

  /** The schema, which OpenAI takes only if it is one of an object and says so. */
  private String object(Field<JsonValue> parameters) {
    JsonValue schema = parameters.value();
    boolean isObject = JsonFields.isText(schema, "type", "object");
    boolean hasProperties = JsonFields.object(schema, "properties") != null;
    if (schema.kind() != JsonValue.Kind.OBJECT || (isObject && hasProperties)) {
      return schema.raw();
    }
    changes.adjusted(parameters.path());
    byte[] json = schema.raw().getBytes(StandardCharsets.UTF_8);
    JsonValue root = Objects.requireNonNull(JsonBody.json(json));
    JsonSplice splice = new JsonSplice(json);
    if (!isObject) {
      splice.put(root, "type", "\"object\"");
    }
    if (!hasProperties) {
      splice.put(root, "properties", "{}");
    }
    return new String(splice.bytes(), StandardCharsets.UTF_8);
  }

  private boolean isStrict(@Nullable Field<Boolean> strict, @Nullable Field<JsonValue> parameters) {
    if (strict == null || !strict.value()) {
      return false;
    }
    boolean isAccepted = parameters != null && StrictSchema.isStrict(parameters.value());
    if (!isAccepted) {
      changes.dropped(strict.path());
    }
    return isAccepted;
  }

  private void writeChoice(JsonGenerator out) {
    List<String> allowed = choice.allowed();
    String mode = mode(choice.mode());
    if (choice.mode() == Mode.ONE) {
      out.writeName(CHOICE);
      writeFunction(out, choice.only());
    } else if (allowed != null) {
      out.writeName(CHOICE);
      out.writeStartObject();
      out.writeStringProperty("type", "allowed_tools");
      out.writeStringProperty("mode", mode);
      out.writeName("tools");
      out.writeStartArray();
      allowed.forEach(name -> writeFunction(out, name));
      out.writeEndArray();
      out.writeEndObject();
    } else if (!mode.equals("auto")) {
      out.writeStringProperty(CHOICE, mode);
    }
  }

  private void writeFunction(JsonGenerator out, @Nullable String name) {
    out.writeStartObject();
    out.writeStringProperty("type", "function");
    out.writeStringProperty("name", name == null ? null : names.sent(name));
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
