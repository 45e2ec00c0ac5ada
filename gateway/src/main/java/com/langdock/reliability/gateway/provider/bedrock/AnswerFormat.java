package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.provider.claude.OutputSchema;
import com.langdock.reliability.gateway.provider.claude.SchemaSupport;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a request makes the model answer in the required output format: with a schema where the model
 * takes one that can express it, else by an instruction in the system prompt.
 *
 * @param schema as JSON; null if there is none
 * @param name of the schema; empty if it has none
 * @param instruction for the system prompt; null if none is needed
 */
record AnswerFormat(@Nullable String schema, String name, @Nullable String instruction) {
  private static final String JSON =
      "Answer with one valid JSON object and nothing else: no text around it, no code fence.";
  private static final String OF_SCHEMA =
      "Answer with one valid JSON value and nothing else: no text around it, no code fence. It must"
          + " match this JSON schema: ";
  private static final AnswerFormat TEXT = new AnswerFormat(null, "", null);

  /** The answer format of the conversation for a model with these traits. */
  static AnswerFormat of(
      Conversation conversation, ModelTraits traits, RequestChanges.Builder changes) {
    return switch (conversation.shape()) {
      case AnswerShape.Text text -> TEXT;
      case AnswerShape.Unknown unknown -> TEXT;
      case AnswerShape.AnyJson json -> {
        changes.adjusted(json.path());
        yield new AnswerFormat(null, "", JSON);
      }
      case AnswerShape.JsonSchema required -> {
        JsonValue schema = required.schema().value();
        if (traits.structuredOutput() && SchemaSupport.canExpress(schema)) {
          OutputSchema repaired = OutputSchema.of(schema);
          if (repaired.isChanged()) {
            changes.adjusted(required.schema().path());
          }
          String name = required.name().isEmpty() ? "answer" : ToolNames.sent(required.name());
          yield new AnswerFormat(repaired.json(), name, null);
        }
        changes.adjusted(required.path());
        yield new AnswerFormat(null, "", OF_SCHEMA + schema.raw());
      }
    };
  }

  /** Whether the answer may begin with a prefill, which a schema excludes. */
  boolean allowsPrefill() {
    return schema == null;
  }

  /** Writes {@code textFormat} if there is a schema, which is sent as a string. */
  void write(JsonGenerator out) {
    if (schema == null) {
      return;
    }
    out.writeName("textFormat");
    out.writeStartObject();
    out.writeStringProperty("type", "json_schema");
    out.writeName("structure");
    out.writeStartObject();
    out.writeName("jsonSchema");
    out.writeStartObject();
    out.writeStringProperty("schema", schema);
    out.writeStringProperty("name", name);
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }
}
