package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.provider.claude.OutputSchema;
import com.langdock.reliability.gateway.provider.claude.SchemaSupport;
import com.langdock.reliability.gateway.provider.claude.ToolSchema;
import com.langdock.reliability.json.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a request makes the model answer in the required output format.
 *
 * <p>A model with structured output receives the client's schema. For other models, or if
 * structured output cannot express the schema ({@link SchemaSupport}), the schema becomes the input
 * schema of a forced tool call: the call's input is the answer, which {@code MessageAnswer} and
 * {@code MessageStream} convert back to content. If the client offers tools, the model must call
 * one of them or this one. JSON without a schema, or with a schema that a tool cannot have, becomes
 * an instruction in the system prompt.
 *
 * @param path of the client's field; empty if there is none
 * @param schema null if the client sent none
 * @param toolName the tool's name, if the way is {@link Way#TOOL}
 */
record AnswerFormat(
    Way way, String path, @Nullable Field<JsonValue> schema, String toolName, String description) {
  private static final String INSTRUCTION =
      "Answer with one valid JSON object and nothing else: no text around it, no code fence.";
  private static final String SCHEMA_INSTRUCTION =
      "Answer with one valid JSON value and nothing else: no text around it, no code fence. It must"
          + " match this JSON schema: ";
  private static final String TOOL_DESCRIPTION =
      "Gives the final answer. Call it exactly once, with the whole answer as its input.";
  private static final Pattern INVALID_CHARACTER = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final int MAX_NAME = 64;
  private static final AnswerFormat TEXT = new AnswerFormat(Way.TEXT, "", null, "", "");

  /** The mechanism that enforces the output format. */
  enum Way {
    /** None: any text. */
    TEXT,
    /** Structured output with a schema. */
    SCHEMA,
    /** The input of a forced tool call. */
    TOOL,
    /** An instruction in the system prompt. */
    INSTRUCTION
  }

  /** The answer format of the conversation for a model with these traits. */
  static AnswerFormat of(Conversation conversation, ModelTraits traits) {
    return switch (conversation.shape()) {
      case AnswerShape.Text text -> TEXT;
      case AnswerShape.Unknown unknown -> TEXT;
      case AnswerShape.AnyJson json -> new AnswerFormat(Way.INSTRUCTION, json.path(), null, "", "");
      case AnswerShape.JsonSchema required -> of(required, conversation, traits);
    };
  }

  private static AnswerFormat of(
      AnswerShape.JsonSchema required, Conversation conversation, ModelTraits traits) {
    JsonValue schema = required.schema().value();
    if (traits.structuredOutput() && SchemaSupport.canExpress(schema)) {
      return new AnswerFormat(Way.SCHEMA, required.path(), required.schema(), "", "");
    }
    if (Tools.areForced(conversation)) {
      return TEXT; // the answer is a call to one of the client's tools
    }
    boolean byTool = ToolSchema.isOfObject(schema) && traits.thinking().allowsForcedTool();
    String description = required.description();
    return new AnswerFormat(
        byTool ? Way.TOOL : Way.INSTRUCTION,
        required.path(),
        required.schema(),
        name(required.name(), Tools.names(conversation)),
        description == null ? TOOL_DESCRIPTION : TOOL_DESCRIPTION + "\n\n" + description);
  }

  /** The client's name for the schema, converted to a valid and unused tool name. */
  private static String name(String required, Set<String> taken) {
    String clean = INVALID_CHARACTER.matcher(required).replaceAll("_");
    String name =
        clean.isEmpty() ? "answer" : clean.substring(0, Math.min(clean.length(), MAX_NAME));
    while (taken.contains(name)) { // at most once for every tool
      name = "answer_" + name;
    }
    return name;
  }

  /** Whether the answer may begin with a prefill, which a schema excludes. */
  boolean allowsPrefill() {
    return way == Way.TEXT || way == Way.INSTRUCTION;
  }

  /** The instruction for the system prompt; null if none is needed. */
  @Nullable String instruction(RequestChanges.Builder changes) {
    if (way != Way.INSTRUCTION) {
      return null;
    }
    changes.adjusted(path);
    return schema == null ? INSTRUCTION : SCHEMA_INSTRUCTION + schema.value().raw();
  }

  /** Writes the tool whose input is the answer. */
  void writeTool(JsonGenerator out, RequestChanges.Builder changes) {
    changes.adjusted(path);
    out.writeStartObject();
    out.writeStringProperty("name", toolName);
    out.writeStringProperty("description", description);
    Block.writeRaw(
        out, "input_schema", ToolSchema.of(schema == null ? null : schema.value()).json());
    out.writeEndObject();
  }

  /** Writes {@code format} with the schema if the way is {@link Way#SCHEMA}. */
  void writeFormat(JsonGenerator out, RequestChanges.Builder changes) {
    if (way != Way.SCHEMA || schema == null) {
      return;
    }
    OutputSchema repaired = OutputSchema.of(schema.value());
    if (repaired.isChanged()) {
      changes.adjusted(schema.path());
    }
    out.writeName("format");
    out.writeStartObject();
    out.writeStringProperty("type", "json_schema");
    Block.writeRaw(out, "schema", repaired.json());
    out.writeEndObject();
  }
}
