package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of its answer: limits, sampling, thinking, and the shape. */
final class OptionReader {
  private static final String CONFIG = "generationConfig";
  private static final String THINKING = "thinkingConfig";
  private static final String JSON = "application/json";

  /** A schema needs a name in other formats, which this one does not have. */
  private static final String SCHEMA_NAME = "output";

  /** The largest budgets, in tokens, that stand for minimal, low, medium and high effort. */
  private static final long MINIMAL = 512;

  private static final long LOW = 4_096;
  private static final long MEDIUM = 16_384;
  private static final long HIGH = 32_768;

  private final @Nullable JsonValue config;
  private final String prefix;

  /** A reader of the settings of the request {@code root}. */
  OptionReader(JsonValue root) {
    this.config = ProtoFields.object(root, CONFIG);
    this.prefix = ProtoFields.nameIn(root, CONFIG) + ".";
  }

  /** The options of the answer. */
  AnswerOptions options() {
    List<String> stops = JsonFields.texts(config, ProtoFields.nameIn(config, "stopSequences"));
    Field<Long> choices = count("candidateCount");
    return new AnswerOptions(
        count("maxOutputTokens"),
        new AnswerOptions.Sampling(
            number("temperature"),
            number("topP"),
            number("topK"),
            stops.isEmpty() ? null : new Field<>(path("stopSequences"), stops)),
        effort(),
        choices == null || choices.value() == 1 ? null : choices,
        null);
  }

  /** The most tokens of an answer; the largest number where there is no limit. */
  long outputLimit() {
    Field<Long> limit = count("maxOutputTokens");
    return limit == null ? Long.MAX_VALUE : limit.value();
  }

  /** The number of answers that the client requests. */
  int choices() {
    Field<Long> choices = count("candidateCount");
    return choices == null ? 1 : (int) Math.min(choices.value(), Integer.MAX_VALUE);
  }

  /** Whether the answer must be JSON. */
  boolean isStructured() {
    return !(shape() instanceof AnswerShape.Text);
  }

  /** Whether the client wants the probabilities of tokens. */
  boolean wantsLogprobs() {
    return ProtoFields.isTrue(config, "responseLogprobs");
  }

  /** Whether the answer may be spoken. */
  boolean isSpoken() {
    return ProtoFields.array(config, "responseModalities").stream()
        .anyMatch(modality -> modality.text().equalsIgnoreCase("AUDIO"));
  }

  /** Whether the model may think. */
  boolean thinks() {
    Field<String> effort = effort();
    return effort == null
        ? ProtoFields.object(config, THINKING) != null
        : !effort.value().equals("none");
  }

  /** Whether the client wants to see what the model thinks. */
  boolean showsThoughts() {
    return ProtoFields.isTrue(ProtoFields.object(config, THINKING), "includeThoughts");
  }

  /** The shape of the answer. */
  AnswerShape shape() {
    String type = ProtoFields.textOrEmpty(config, "responseMimeType").toLowerCase(Locale.ROOT);
    if (!type.isEmpty() && !type.equals(JSON)) {
      return type.equals("text/plain")
          ? new AnswerShape.Text()
          : new AnswerShape.Unknown(path("responseMimeType"));
    }
    for (String name : List.of("responseJsonSchema", "_responseJsonSchema")) {
      JsonValue schema = ProtoFields.object(config, name);
      if (schema != null) {
        return schema(path(name), schema);
      }
    }
    JsonValue schema = ProtoFields.object(config, "responseSchema");
    if (schema != null) {
      return schema(path("responseSchema"), SchemaReader.jsonSchema(schema));
    }
    return type.isEmpty()
        ? new AnswerShape.Text()
        : new AnswerShape.AnyJson(path("responseMimeType"));
  }

  private static AnswerShape schema(String path, JsonValue schema) {
    return new AnswerShape.JsonSchema(path, SCHEMA_NAME, null, new Field<>(path, schema));
  }

  private @Nullable Field<String> effort() {
    JsonValue thinking = ProtoFields.object(config, THINKING);
    String path = path(THINKING);
    String level = ProtoFields.textOrEmpty(thinking, "thinkingLevel").toLowerCase(Locale.ROOT);
    if (!level.isEmpty() && !level.equals("thinking_level_unspecified")) {
      return new Field<>(path + "." + ProtoFields.nameIn(thinking, "thinkingLevel"), level);
    }
    JsonValue budget = ProtoFields.number(thinking, "thinkingBudget");
    return budget == null || budget.number() < 0
        ? null // the model decides
        : new Field<>(
            path + "." + ProtoFields.nameIn(thinking, "thinkingBudget"),
            effort((long) budget.number()));
  }

  private static String effort(long budget) {
    if (budget == 0) {
      return "none";
    }
    if (budget <= MINIMAL) {
      return "minimal";
    }
    if (budget <= LOW) {
      return "low";
    }
    if (budget <= MEDIUM) {
      return "medium";
    }
    return budget <= HIGH ? "high" : "xhigh";
  }

  private @Nullable Field<JsonValue> number(String name) {
    JsonValue number = ProtoFields.number(config, name);
    return number == null ? null : new Field<>(path(name), number);
  }

  /** A whole number of at least one. */
  private @Nullable Field<Long> count(String name) {
    JsonValue number = ProtoFields.number(config, name);
    return number == null || number.number() < 1
        ? null
        : new Field<>(path(name), (long) number.number());
  }

  private String path(String name) {
    return prefix + ProtoFields.nameIn(config, name);
  }
}
