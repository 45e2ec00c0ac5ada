package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of its answer: limits, sampling, thinking, and the shape. */
final class OptionReader {
  private static final String CONFIG = "output_config";
  private static final String FORMAT = "output_format";

  /** A schema needs a name in other formats, which this one does not have. */
  private static final String SCHEMA_NAME = "output";

  /** The largest budgets, in tokens, that stand for low, medium and high effort. */
  private static final long LOW = 4_096;

  private static final long MEDIUM = 16_384;
  private static final long HIGH = 32_768;

  private OptionReader() {}

  /** The options of the request {@code root}. */
  static AnswerOptions options(JsonValue root) {
    List<String> stops = JsonFields.texts(root, "stop_sequences");
    return new AnswerOptions(
        limit(root),
        new AnswerOptions.Sampling(
            field("temperature", JsonFields.number(root, "temperature")),
            field("top_p", JsonFields.number(root, "top_p")),
            field("top_k", JsonFields.number(root, "top_k")),
            stops.isEmpty() ? null : new Field<>("stop_sequences", stops)),
        effort(root),
        null,
        null);
  }

  /** A limit of 0 asks for nothing but a filled cache; other formats begin at 1. */
  private static @Nullable Field<Long> limit(JsonValue root) {
    return JsonFields.number(root, "max_tokens") == null
        ? null
        : new Field<>("max_tokens", Math.max(1, JsonFields.count(root, "max_tokens")));
  }

  private static @Nullable Field<String> effort(JsonValue root) {
    JsonValue thinking = JsonFields.object(root, "thinking");
    if (JsonFields.isText(thinking, "type", "disabled")) {
      return new Field<>("thinking", "none");
    }
    String effort = JsonFields.text(JsonFields.object(root, CONFIG), "effort");
    if (effort != null) {
      return new Field<>(CONFIG + ".effort", effort);
    }
    return JsonFields.isText(thinking, "type", "enabled")
        ? new Field<>("thinking", effort(JsonFields.count(thinking, "budget_tokens")))
        : null;
  }

  private static String effort(long budget) {
    if (budget <= LOW) {
      return "low";
    }
    if (budget <= MEDIUM) {
      return "medium";
    }
    return budget <= HIGH ? "high" : "xhigh";
  }

  /** Whether the answer must match a schema. */
  static boolean isStructured(JsonValue root) {
    return !(shape(root) instanceof AnswerShape.Text);
  }

  /** The shape of the answer to the request {@code root}. */
  static AnswerShape shape(JsonValue root) {
    JsonValue format = JsonFields.object(JsonFields.object(root, CONFIG), "format");
    return format == null
        ? shape(JsonFields.object(root, FORMAT), FORMAT)
        : shape(format, CONFIG + ".format");
  }

  private static AnswerShape shape(@Nullable JsonValue format, String path) {
    if (format == null) {
      return new AnswerShape.Text();
    }
    JsonValue schema = JsonFields.object(format, "schema");
    return schema == null
        ? new AnswerShape.Unknown(path + ".type")
        : new AnswerShape.JsonSchema(
            path, SCHEMA_NAME, null, new Field<>(path + ".schema", schema));
  }

  private static <T> @Nullable Field<T> field(String path, @Nullable T value) {
    return value == null ? null : new Field<>(path, value);
  }
}
