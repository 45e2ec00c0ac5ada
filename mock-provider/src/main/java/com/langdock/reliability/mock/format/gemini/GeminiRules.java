package com.langdock.reliability.mock.format.gemini;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Google refuses and the lenient mock does not; field names in camel case only. */
final class GeminiRules {
  private static final String CONFIG = "/generationConfig/";

  /** From Gemini 3 on models sign calls, and take JSON together with functions. */
  private static final Pattern SIGNED = Pattern.compile("gemini-([3-9]|\\d\\d).*");

  private static final Pattern FUNCTION_NAME = Pattern.compile("[A-Za-z_][\\w.:-]{0,127}");
  private static final List<String> NOT_IN_PARAMETERS =
      List.of("$schema", "$ref", "$defs", "additionalProperties", "const", "oneOf");
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "generationConfig",
          "safetySettings",
          "cachedContent",
          "labels");
  private static final Set<String> CONFIG_FIELDS =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "candidateCount",
          "maxOutputTokens",
          "stopSequences",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseLogprobs",
          "logprobs",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "responseFormat",
          "responseModalities",
          "thinkingConfig",
          "speechConfig",
          "imageConfig",
          "mediaResolution");

  static final List<Rule> ALL =
      List.of(
          Rules.onlyFields("", FIELDS, GeminiRules::unknown),
          Rules.onlyFields("/generationConfig", CONFIG_FIELDS, GeminiRules::unknown),
          range("temperature", 0, 2),
          range("topP", 0, 1),
          range("presencePenalty", -2, 2),
          range("frequencyPenalty", -2, 2),
          range("logprobs", 1, 20),
          range("candidateCount", 1, 1),
          range("maxOutputTokens", 1, Integer.MAX_VALUE),
          Rules.atMost(
              CONFIG + "stopSequences",
              5,
              () -> invalid("The number of stop sequences must be at most 5.")),
          never(
              config -> config.has("responseSchema") && config.has("responseJsonSchema"),
              "responseSchema and responseJsonSchema must not both be set."),
          never(
              config ->
                  config.path("thinkingConfig").has("thinkingBudget")
                      && config.path("thinkingConfig").has("thinkingLevel"),
              "You can only set only one of thinking budget and thinking level."),
          GeminiRules::checkFunctions,
          GeminiRules::checkJsonWithFunctions,
          GeminiRules::checkContents,
          GeminiRules::checkSignatures);

  private GeminiRules() {}

  private static InvalidRequest invalid(String message) {
    return GeminiRequests.invalid(message);
  }

  private static InvalidRequest unknown(String name) {
    return invalid(
        "Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
  }

  private static Rule range(String field, double least, double most) {
    return Rules.range(
        CONFIG + field,
        least,
        most,
        () -> invalid("Unable to submit request because it has a " + field + " out of range."));
  }

  private static Rule never(Predicate<JsonNode> wrong, String message) {
    return Rules.never(body -> wrong.test(body.path("generationConfig")), () -> invalid(message));
  }

  private static List<JsonNode> functions(JsonNode body) {
    List<JsonNode> functions = new ArrayList<>();
    body.path("tools")
        .forEach(tool -> functions.addAll(tool.path("functionDeclarations").values()));
    return functions;
  }

  private static void checkFunctions(RawRequest request, JsonNode body) {
    for (JsonNode function : functions(body)) {
      if (!FUNCTION_NAME.matcher(function.path("name").stringValue("")).matches()) {
        throw invalid("Invalid function name. Must start with a letter or an underscore.");
      }
      if (function.has("parameters") && function.has("parametersJsonSchema")) {
        throw invalid("parameters and parametersJsonSchema must not both be set.");
      }
      for (String keyword : NOT_IN_PARAMETERS) {
        if (function.path("parameters").findValue(keyword) != null) {
          throw unknown(keyword);
        }
      }
    }
  }

  private static void checkJsonWithFunctions(RawRequest request, JsonNode body) {
    boolean isJson =
        body.at(CONFIG + "responseMimeType").stringValue("").equals("application/json");
    if (isJson && !functions(body).isEmpty() && !isSigned(request)) {
      throw invalid(
          "Function calling with a response mime type: 'application/json' is unsupported");
    }
  }

  /** The first turn is a user's; the results of calls are in the very next turn, one for each. */
  private static void checkContents(RawRequest request, JsonNode body) {
    List<String> open = List.of();
    boolean first = true;
    for (JsonNode content : body.path("contents")) {
      boolean isModel = content.path("role").stringValue("user").equals("model");
      if (isModel && first) {
        throw invalid("Please ensure that the first content has the role user.");
      }
      List<String> answered = names(content, "functionResponse");
      if (answered.size() != open.size()) {
        throw invalid(
            "Please ensure that the number of function response parts is equal to the number of"
                + " function call parts of the function call turn.");
      }
      if (!answered.stream().sorted().toList().equals(open.stream().sorted().toList())) {
        throw invalid("Please ensure that function responses have the names of their calls.");
      }
      open = names(content, "functionCall");
      first = false;
    }
    if (!open.isEmpty()) {
      throw invalid("Please ensure that function call turns are followed by their responses.");
    }
  }

  private static List<String> names(JsonNode content, String kind) {
    return content.path("parts").values().stream()
        .filter(part -> part.has(kind))
        .map(part -> part.path(kind).path("name").stringValue(""))
        .toList();
  }

  /** The first call of each turn carries a signature, be it one that says to skip the check. */
  private static void checkSignatures(RawRequest request, JsonNode body) {
    if (!isSigned(request)) {
      return;
    }
    for (JsonNode content : body.path("contents")) {
      boolean isUnsigned =
          content.path("parts").values().stream()
              .filter(part -> part.has("functionCall"))
              .limit(1)
              .anyMatch(part -> part.path("thoughtSignature").stringValue("").isEmpty());
      if (isUnsigned) {
        throw invalid("Function call is missing a thought_signature in functionCall parts.");
      }
    }
  }

  private static boolean isSigned(RawRequest request) {
    return SIGNED.matcher(GeminiPath.of(request.path()).model()).matches();
  }
}
