package com.langdock.reliability.mock.format.responses;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of the fields of a request; {@link ItemRules} has those of the input. */
final class ResponsesRules {
  private static final Pattern REASONING_MODEL = Pattern.compile("(o\\d|gpt-[5-9]).*");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final int MIN_LIMIT = 16;
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "input",
          "instructions",
          "previous_response_id",
          "conversation",
          "store",
          "background",
          "stream",
          "stream_options",
          "include",
          "reasoning",
          "text",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "max_output_tokens",
          "max_tool_calls",
          "truncation",
          "temperature",
          "top_p",
          "top_logprobs",
          "metadata",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "prompt_cache_options",
          "service_tier",
          "prompt",
          "moderation",
          "context_management",
          "client_metadata");

  static final List<Rule> ALL =
      List.of(
          Rules.onlyFields(
              "",
              FIELDS,
              name -> invalid("Unknown parameter: '" + name + "'.", name, "unknown_parameter")),
          range("temperature", 0, 2),
          range("top_p", 0, 1),
          range("top_logprobs", 0, 20),
          Rules.range(
              "/max_output_tokens",
              MIN_LIMIT,
              Double.MAX_VALUE,
              () ->
                  invalid(
                      "Invalid 'max_output_tokens': integer below minimum value. Expected a value"
                          + " >= 16.",
                      "max_output_tokens",
                      "integer_below_min_value")),
          word("reasoning/effort", "none", "minimal", "low", "medium", "high", "xhigh", "max"),
          word("reasoning/summary", "auto", "concise", "detailed"),
          word("text/verbosity", "low", "medium", "high"),
          word("truncation", "auto", "disabled"),
          word("service_tier", "auto", "default", "flex", "scale", "priority", "fast", "ultrafast"),
          Rules.never(
              body -> body.has("previous_response_id") && body.has("conversation"),
              () ->
                  invalid(
                      "Mutually exclusive parameters: 'previous_response_id' and 'conversation'.",
                      "previous_response_id",
                      "mutually_exclusive_parameters")),
          Rules.never(
              body -> isReasoning(body) && differsFromOne(body.path("temperature")),
              () -> unsupported("temperature")),
          Rules.never(
              body -> isReasoning(body) && differsFromOne(body.path("top_p")),
              () -> unsupported("top_p")),
          Rules.never(
              body -> !isReasoning(body) && body.at("/reasoning/effort").isString(),
              () -> unsupported("reasoning.effort")),
          Rules.never(
              body -> body.path("tool_choice").isObject() && !body.has("tools"),
              () ->
                  invalid(
                      "Tool choice '" + "' not found in 'tools' parameter.", "tool_choice", null)),
          ResponsesRules::checkTools,
          ResponsesRules::checkFormat,
          ItemRules::check);

  private ResponsesRules() {}

  private static Rule range(String field, double least, double most) {
    return Rules.range(
        "/" + field,
        least,
        most,
        () ->
            invalid(
                "Invalid '" + field + "': expected a value from " + least + " to " + most + ".",
                field,
                "invalid_value"));
  }

  private static Rule word(String field, String... words) {
    String param = field.replace('/', '.');
    return Rules.oneOf(
        "/" + field,
        Set.of(words),
        value -> invalid("Invalid value: '" + value + "'.", param, "invalid_value"));
  }

  private static boolean isReasoning(JsonNode body) {
    return REASONING_MODEL.matcher(body.path("model").stringValue("")).matches();
  }

  private static boolean differsFromOne(JsonNode number) {
    return number.isNumber() && number.doubleValue() != 1;
  }

  private static InvalidRequest unsupported(String param) {
    return invalid(
        "Unsupported parameter: '" + param + "' is not supported with this model.", param, null);
  }

  private static void checkTools(RawRequest request, JsonNode body) {
    int index = 0;
    for (JsonNode tool : body.path("tools")) {
      String param = "tools[" + index++ + "]";
      String type = tool.path("type").stringValue("");
      boolean isNamed = type.equals("function") || type.equals("custom");
      if (type.isEmpty()) {
        throw missing(param + ".type");
      }
      if (isNamed && !NAME.matcher(tool.path("name").stringValue("")).matches()) {
        throw invalid(
            "Invalid '" + param + ".name': string does not match pattern.",
            param + ".name",
            "invalid_value");
      }
      if (type.equals("function") && !tool.path("parameters").isObject()) {
        throw missing(param + ".parameters");
      }
    }
  }

  private static void checkFormat(RawRequest request, JsonNode body) {
    JsonNode format = body.at("/text/format");
    switch (format.path("type").stringValue("")) {
      case "json_schema" -> {
        if (!NAME.matcher(format.path("name").stringValue("")).matches()) {
          throw missing("text.format.name");
        }
        if (!format.path("schema").isObject()) {
          throw missing("text.format.schema");
        }
      }
      case "json_object" -> {
        if (!body.path("input").toString().toLowerCase(Locale.ROOT).contains("json")) {
          throw invalid(
              "Response input messages must contain the word 'json' in some form to use"
                  + " 'text.format' of type 'json_object'.",
              "input",
              null);
        }
      }
      default -> {} // a text
    }
  }

  static InvalidRequest missing(String param) {
    return invalid(
        "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
  }

  static InvalidRequest invalid(String message, @Nullable String param, @Nullable String code) {
    return new InvalidRequest(message, param, code);
  }
}
