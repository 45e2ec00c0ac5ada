package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Rules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses and the lenient mock does not. */
final class OpenAiRules {
  private static final Pattern REASONING_MODEL = Pattern.compile("(o\\d|gpt-5).*");
  private static final Pattern TOOLS_NEED_RESPONSES = Pattern.compile("gpt-(5\\.[5-9]|[6-9]).*");
  private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "temperature",
          "top_p",
          "n",
          "stream",
          "stream_options",
          "stop",
          "max_completion_tokens",
          "max_tokens",
          "presence_penalty",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "seed",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "reasoning_effort",
          "verbosity",
          "service_tier",
          "store",
          "metadata",
          "modalities",
          "audio",
          "prediction",
          "web_search_options",
          "moderation",
          "response_format",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call");

  static final List<Rule> ALL =
      List.of(
          Rules.onlyFields(
              "",
              FIELDS,
              name -> invalid("Unrecognized request argument supplied: " + name, null, null)),
          range("temperature", 0, 2),
          range("top_p", 0, 1),
          range("presence_penalty", -2, 2),
          range("frequency_penalty", -2, 2),
          range("top_logprobs", 0, 20),
          word("reasoning_effort", "none", "minimal", "low", "medium", "high", "xhigh", "max"),
          word("verbosity", "low", "medium", "high"),
          word("service_tier", "auto", "default", "flex", "scale", "priority", "fast"),
          Rules.atMost(
              "/stop",
              4,
              () ->
                  invalid(
                      "Invalid 'stop': array too long. Expected an array with maximum length 4.",
                      "stop",
                      "array_above_max_length")),
          Rules.eachMatches(
              "/tools",
              "/function/name",
              TOOL_NAME,
              index -> {
                String param = "tools[" + index + "].function.name";
                return invalid(
                    "Invalid '" + param + "': string does not match pattern.",
                    param,
                    "invalid_value");
              }),
          Rules.never(
              body -> body.has("stream_options") && !body.path("stream").booleanValue(false),
              () ->
                  invalid(
                      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
                      "stream_options",
                      null)),
          Rules.never(
              body -> body.has("tool_choice") && !body.has("tools"),
              () ->
                  invalid(
                      "'tool_choice' is only allowed when 'tools' are specified.",
                      "tool_choice",
                      null)),
          notForReasoning("max_tokens"),
          notForReasoning("stop"),
          Rules.never(
              body ->
                  isReasoning(body)
                      && body.path("temperature").isNumber()
                      && body.path("temperature").doubleValue() != 1,
              () ->
                  invalid(
                      "Unsupported value: 'temperature' does not support this value with this"
                          + " model.",
                      "temperature",
                      "unsupported_value")),
          Rules.never(
              OpenAiRules::hasToolsThatNeedResponses,
              () ->
                  invalid(
                      "Function tools with reasoning_effort are not supported for this model in"
                          + " /v1/chat/completions. To use function tools, use /v1/responses or set"
                          + " reasoning_effort to 'none'.",
                      "reasoning_effort",
                      null)),
          OpenAiRules::checkToolMessages);

  private OpenAiRules() {}

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
    return Rules.oneOf(
        "/" + field,
        Set.of(words),
        value ->
            invalid(
                "Unsupported value: '" + field + "' does not support '" + value + "'.",
                field,
                "unsupported_value"));
  }

  private static Rule notForReasoning(String field) {
    return Rules.never(
        body ->
            isReasoning(body) && !body.path(field).isMissingNode() && !body.path(field).isNull(),
        () ->
            invalid(
                "Unsupported parameter: '" + field + "' is not supported with this model.",
                field,
                "unsupported_parameter"));
  }

  private static boolean hasToolsThatNeedResponses(JsonNode body) {
    return TOOLS_NEED_RESPONSES.matcher(body.path("model").stringValue("")).matches()
        && !body.path("tools").isEmpty()
        && !body.path("reasoning_effort").stringValue("").equals("none");
  }

  private static boolean isReasoning(JsonNode body) {
    return REASONING_MODEL.matcher(body.path("model").stringValue("")).matches();
  }

  /** The results of an assistant's calls follow it at once, one for each. */
  private static void checkToolMessages(RawRequest request, JsonNode body) {
    Set<String> open = new LinkedHashSet<>();
    int index = 0;
    for (JsonNode message : body.path("messages")) {
      String param = "messages.[" + index++ + "].role";
      String id = message.path("tool_call_id").stringValue("");
      boolean isResult = message.path("role").stringValue("").equals("tool");
      if (isResult && !open.remove(id)) {
        throw invalid(
            "Invalid parameter: messages with role 'tool' must be a response to a preceding"
                + " message with 'tool_calls'.",
            param,
            null);
      }
      if (!isResult) {
        refuseOpen(open, param);
        message.path("tool_calls").forEach(call -> open.add(call.path("id").stringValue("")));
      }
    }
    refuseOpen(open, "messages");
  }

  private static void refuseOpen(Set<String> open, String param) {
    if (!open.isEmpty()) {
      throw invalid(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", open),
          param,
          null);
    }
  }

  private static InvalidRequest invalid(
      String message, @Nullable String param, @Nullable String code) {
    return new InvalidRequest(message, param, code);
  }
}
