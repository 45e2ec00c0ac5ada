package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a request makes the model answer in the required output format.
 *
 * <p>Models before Gemini 3 reject JSON output together with functions: they get an instruction in
 * the system prompt. So do models without structured output about the schema.
 *
 * @param isJson whether the model's output is limited to JSON
 * @param schema the schema of the output; null if there is none
 * @param instruction for the system prompt; null if none is needed
 */
record AnswerFormat(boolean isJson, @Nullable JsonValue schema, @Nullable String instruction) {
  private static final String JSON =
      "Answer with one valid JSON object and nothing else: no text around it, no code fence.";
  private static final String OF_SCHEMA =
      "Answer with one valid JSON value and nothing else: no text around it, no code fence. It must"
          + " match this JSON schema: ";
  private static final AnswerFormat TEXT = new AnswerFormat(false, null, null);

  /** The answer format of the conversation for a model with these traits. */
  static AnswerFormat of(
      Conversation conversation, ModelTraits traits, RequestChanges.Builder changes) {
    boolean excludesJson = conversation.hasFunctions() && !traits.thinking().byLevel();
    return switch (conversation.shape()) {
      case AnswerShape.Text text -> TEXT;
      case AnswerShape.Unknown unknown -> TEXT;
      case AnswerShape.AnyJson json -> {
        if (excludesJson) {
          changes.adjusted(json.path());
        }
        yield excludesJson
            ? new AnswerFormat(false, null, JSON)
            : new AnswerFormat(true, null, null);
      }
      case AnswerShape.JsonSchema required -> {
        JsonValue schema = required.schema().value();
        if (traits.structuredOutput() && !excludesJson) {
          yield new AnswerFormat(true, schema, null);
        }
        changes.adjusted(required.path());
        yield new AnswerFormat(!excludesJson, null, OF_SCHEMA + schema.raw());
      }
    };
  }

  /** Writes the fields of {@code generationConfig}. */
  void write(JsonGenerator out) {
    if (isJson) {
      out.writeStringProperty("responseMimeType", "application/json");
    }
    if (schema != null) {
      out.writeName("responseJsonSchema");
      out.writeRawValue(schema.raw());
    }
  }
}
