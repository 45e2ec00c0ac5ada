package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How the model is made to answer in the form that {@code response_format} asks for.
 *
 * <p>A model that takes schemas gets the client's. For another, or where Anthropic's structured
 * output cannot express the schema ({@link SchemaSupport}), the schema becomes the input of a tool
 * that the model has to call: its input is the answer, which {@code MessageAnswer} and {@code
 * MessageStream} turn back into content. Where the client offers tools of its own, the model has to
 * call one of them or that one. JSON without a schema, and a schema that no tool can have, is an
 * instruction in the system prompt.
 *
 * @param schema null where the client gave none
 * @param toolName the tool's name, where the way is {@link Way#TOOL}
 */
record AnswerFormat(Way way, @Nullable JsonValue schema, String toolName, String description) {
  static final String FIELD = "response_format";

  private static final String INSTRUCTION =
      "Answer with one valid JSON object and nothing else: no text around it, no code fence.";
  private static final String SCHEMA_INSTRUCTION =
      "Answer with one valid JSON value and nothing else: no text around it, no code fence. It must"
          + " match this JSON schema: ";
  private static final String TOOL_DESCRIPTION =
      "Gives the final answer. Call it exactly once, with the whole answer as its input.";
  private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final int LONGEST_NAME = 64;
  private static final AnswerFormat TEXT = new AnswerFormat(Way.TEXT, null, "", "");

  /** How a form of answer is asked for. */
  enum Way {
    /** Any text will do. */
    TEXT,
    /** By a schema for the answer. */
    SCHEMA,
    /** By the input of a tool that must be called. */
    TOOL,
    /** By a sentence in the system prompt. */
    INSTRUCTION
  }

  /** The form of the answer to {@code root}, as a model with these traits is asked for it. */
  static AnswerFormat of(JsonValue root, ModelTraits traits) {
    JsonValue format = JsonFields.object(root, FIELD);
    String type = JsonFields.text(format, "type");
    if (!"json_object".equals(type) && !"json_schema".equals(type)) {
      return TEXT;
    }
    JsonValue wanted = JsonFields.object(format, "json_schema");
    JsonValue schema = JsonFields.object(wanted, "schema");
    if (schema == null) {
      return new AnswerFormat(Way.INSTRUCTION, null, "", "");
    }
    if (traits.structuredOutput() && SchemaSupport.canExpress(schema)) {
      return new AnswerFormat(Way.SCHEMA, schema, "", "");
    }
    if (Tools.areForced(root)) {
      return TEXT; // the answer is a call of a tool of the client's
    }
    boolean byTool = ToolSchema.isOfObject(schema) && traits.thinking().allowsForcedTool();
    String description = JsonFields.text(wanted, "description");
    return new AnswerFormat(
        byTool ? Way.TOOL : Way.INSTRUCTION,
        schema,
        name(Objects.requireNonNullElse(JsonFields.text(wanted, "name"), ""), Tools.names(root)),
        description == null ? TOOL_DESCRIPTION : TOOL_DESCRIPTION + "\n\n" + description);
  }

  /** The client's name for the schema, as far as a tool may have it. */
  private static String name(String wanted, Set<String> taken) {
    String clean = FOREIGN.matcher(wanted).replaceAll("_");
    String name =
        clean.isEmpty() ? "answer" : clean.substring(0, Math.min(clean.length(), LONGEST_NAME));
    while (taken.contains(name)) { // at most once for every tool
      name = "answer_" + name;
    }
    return name;
  }

  /** Whether the answer may begin with the assistant's own words: a schema excludes that. */
  boolean allowsPrefill() {
    return way == Way.TEXT || way == Way.INSTRUCTION;
  }

  /** The sentence for the system prompt, null where none is needed. */
  @Nullable String instruction(RequestChanges.Builder changes) {
    if (way != Way.INSTRUCTION) {
      return null;
    }
    changes.adjusted(FIELD);
    return schema == null ? INSTRUCTION : SCHEMA_INSTRUCTION + schema.raw();
  }

  /** Writes the tool whose input is the answer. */
  void writeTool(JsonGenerator out, RequestChanges.Builder changes) {
    changes.adjusted(FIELD);
    out.writeStartObject();
    out.writeStringProperty("name", toolName);
    out.writeStringProperty("description", description);
    Block.writeRaw(out, "input_schema", ToolSchema.of(schema).json());
    out.writeEndObject();
  }

  /** Writes {@code format} with the schema, nothing where the way is another. */
  void writeFormat(JsonGenerator out, RequestChanges.Builder changes) {
    if (way != Way.SCHEMA || schema == null) {
      return;
    }
    OutputSchema repaired = OutputSchema.of(schema);
    if (repaired.isChanged()) {
      changes.adjusted("response_format.json_schema.schema");
    }
    out.writeName("format");
    out.writeStartObject();
    out.writeStringProperty("type", "json_schema");
    Block.writeRaw(out, "schema", repaired.json());
    out.writeEndObject();
  }
}
