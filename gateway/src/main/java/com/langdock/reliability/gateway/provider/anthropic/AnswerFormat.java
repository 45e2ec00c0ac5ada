package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How the model is made to answer in the form that the client asks for.
 *
 * <p>A model that takes schemas gets the client's. For another, or where Anthropic's structured
 * output cannot express the schema ({@link SchemaSupport}), the schema becomes the input of a tool
 * that the model has to call: its input is the answer, which {@code MessageAnswer} and {@code
 * MessageStream} turn back into content. Where the client offers tools of its own, the model has to
 * call one of them or that one. JSON without a schema, and a schema that no tool can have, is an
 * instruction in the system prompt.
 *
 * @param path of the client's field, empty where there is none
 * @param schema null where the client gave none
 * @param toolName the tool's name, where the way is {@link Way#TOOL}
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
  private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final int LONGEST_NAME = 64;
  private static final AnswerFormat TEXT = new AnswerFormat(Way.TEXT, "", null, "", "");

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

  /** The form of the answer, as a model with these traits is asked for it. */
  static AnswerFormat of(Conversation conversation, ModelTraits traits) {
    return switch (conversation.shape()) {
      case AnswerShape.Text text -> TEXT;
      case AnswerShape.Unknown unknown -> TEXT;
      case AnswerShape.AnyJson json -> new AnswerFormat(Way.INSTRUCTION, json.path(), null, "", "");
      case AnswerShape.JsonSchema wanted -> of(wanted, conversation, traits);
    };
  }

  private static AnswerFormat of(
      AnswerShape.JsonSchema wanted, Conversation conversation, ModelTraits traits) {
    JsonValue schema = wanted.schema().value();
    if (traits.structuredOutput() && SchemaSupport.canExpress(schema)) {
      return new AnswerFormat(Way.SCHEMA, wanted.path(), wanted.schema(), "", "");
    }
    if (Tools.areForced(conversation)) {
      return TEXT; // the answer is a call of a tool of the client's
    }
    boolean byTool = ToolSchema.isOfObject(schema) && traits.thinking().allowsForcedTool();
    String description = wanted.description();
    return new AnswerFormat(
        byTool ? Way.TOOL : Way.INSTRUCTION,
        wanted.path(),
        wanted.schema(),
        name(wanted.name(), Tools.names(conversation)),
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

  /** Writes {@code format} with the schema, nothing where the way is another. */
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
