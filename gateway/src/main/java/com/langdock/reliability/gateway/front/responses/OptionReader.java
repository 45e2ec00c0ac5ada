package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of its answer: limits, sampling, effort, and the shape. */
final class OptionReader {
  /** The value of {@code include} that requests log probabilities. */
  static final String LOGPROBS = "message.output_text.logprobs";

  private static final String LIMIT = "max_output_tokens";
  private static final String FORMAT = "text.format";

  private OptionReader() {}

  /** The options of the request {@code root}. */
  static AnswerOptions options(JsonValue root) {
    return new AnswerOptions(
        JsonFields.number(root, LIMIT) == null
            ? null
            : new Field<>(LIMIT, JsonFields.count(root, LIMIT)),
        new AnswerOptions.Sampling(number(root, "temperature"), number(root, "top_p"), null, null),
        effort(root),
        null,
        logprobs(root));
  }

  private static @Nullable Field<JsonValue> number(JsonValue root, String name) {
    JsonValue number = JsonFields.number(root, name);
    return number == null ? null : new Field<>(name, number);
  }

  private static @Nullable Field<String> effort(JsonValue root) {
    String effort = JsonFields.text(JsonFields.object(root, "reasoning"), "effort");
    return effort == null ? null : new Field<>("reasoning.effort", effort);
  }

  /** Whether the request makes the model think. */
  static boolean thinks(JsonValue root) {
    Field<String> effort = effort(root);
    return effort != null && !effort.value().equals("none");
  }

  private static @Nullable Field<Long> logprobs(JsonValue root) {
    long count = JsonFields.count(root, "top_logprobs");
    if (count > 0) {
      return new Field<>("top_logprobs", count);
    }
    return JsonFields.texts(root, "include").contains(LOGPROBS) ? new Field<>("include", 0L) : null;
  }

  /** Whether the request asks for log probabilities. */
  static boolean wantsLogprobs(JsonValue root) {
    return logprobs(root) != null;
  }

  /** Whether the answer must be JSON. */
  static boolean isStructured(JsonValue root) {
    return !(shape(root) instanceof AnswerShape.Text);
  }

  /** The shape of the answer to the request {@code root}. */
  static AnswerShape shape(JsonValue root) {
    JsonValue format = JsonFields.object(JsonFields.object(root, "text"), "format");
    String type = JsonFields.text(format, "type");
    return switch (type) {
      case "json_object" -> new AnswerShape.AnyJson(FORMAT);
      case "json_schema" -> shape(format, JsonFields.object(format, "schema"));
      case "text" -> new AnswerShape.Text();
      case null -> new AnswerShape.Text();
      default -> new AnswerShape.Unknown(FORMAT + ".type");
    };
  }

  private static AnswerShape shape(@Nullable JsonValue format, @Nullable JsonValue schema) {
    return schema == null
        ? new AnswerShape.AnyJson(FORMAT)
        : new AnswerShape.JsonSchema(
            FORMAT,
            Objects.requireNonNullElse(JsonFields.text(format, "name"), ""),
            JsonFields.text(format, "description"),
            new Field<>(FORMAT + ".schema", schema));
  }
}
