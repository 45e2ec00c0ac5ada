package com.langdock.reliability.mock.format.gemini;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads a generateContent request, as strictly as the mock needs: contents and their roles. */
final class GeminiRequests {
  private static final int CACHED_TOKENS = 2048;
  private static final List<String> RESULTS =
      List.of("output", "result", "response", "error", "content");

  /** What an operator says inside a conversation, for which Gemini has no role of its own. */
  private static final Pattern OPERATOR = Pattern.compile("(?s)<system>.*?</system>");

  private GeminiRequests() {}

  static ChatRequest read(RawRequest request) {
    JsonNode root = object(request.body());
    List<Turn> turns = new ArrayList<>();
    JsonNode system = root.path("systemInstruction");
    if (system.isObject()) {
      turns.add(new Turn(Role.SYSTEM, text(system)));
    }
    turns.addAll(turns(root.path("contents")));
    return new ChatRequest(
        GeminiPath.of(request.path()).model(),
        GeminiPath.delivery(request),
        turns,
        tools(root),
        output(root.path("generationConfig")),
        root.path("cachedContent").isString() ? CACHED_TOKENS : 0,
        MissingNode.getInstance());
  }

  /** The tokens of a request for a count, whose body may be a whole request or its contents. */
  static int count(RawRequest request) {
    JsonNode root = object(request.body());
    JsonNode whole = root.path("generateContentRequest");
    byte[] body = whole.isObject() ? Json.bytes(whole) : request.body();
    return read(new RawRequest(request.path(), request.query(), request.headers(), body))
        .inputTokens();
  }

  static InvalidRequest invalid(String message) {
    return new InvalidRequest(message, null, null);
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode root = Json.parse(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException notJson) {
      throw invalid("Invalid JSON payload received. " + notJson.getOriginalMessage());
    }
    throw invalid("Invalid JSON payload received. Expected an object.");
  }

  private static List<Turn> turns(JsonNode contents) {
    if (!contents.isArray() || contents.isEmpty()) {
      throw invalid("* GenerateContentRequest.contents: contents is not specified\n");
    }
    List<Turn> turns = new ArrayList<>();
    for (JsonNode content : contents) {
      switch (content.path("role").stringValue("user")) {
        case "model" -> turns.add(new Turn(Role.ASSISTANT, text(content)));
        case "user", "function" -> turns.addAll(userTurns(content));
        default -> throw invalid("Please use a valid role: user, model.");
      }
    }
    return turns;
  }

  private static List<Turn> userTurns(JsonNode content) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode part : content.path("parts")) {
      if (part.has("functionResponse")) {
        turns.add(new Turn(Role.TOOL, resultText(part.at("/functionResponse/response"))));
      }
    }
    String text = text(content);
    String said = OPERATOR.matcher(text).replaceAll("");
    OPERATOR
        .matcher(text)
        .results()
        .forEach(operator -> turns.addFirst(new Turn(Role.SYSTEM, operator.group())));
    if (turns.isEmpty() || !said.isEmpty()) {
      turns.add(new Turn(Role.USER, said));
    }
    return turns;
  }

  private static String resultText(JsonNode response) {
    for (String name : RESULTS) {
      if (response.path(name).isString()) {
        return response.path(name).stringValue();
      }
    }
    return response.isMissingNode() ? "" : Json.text(response);
  }

  /** The text of the parts that are not thoughts. */
  private static String text(JsonNode content) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content.path("parts")) {
      if (!part.path("thought").booleanValue(false)) {
        text.append(part.path("text").stringValue(""));
      }
    }
    return text.toString();
  }

  private static Tools tools(JsonNode root) {
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : root.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        JsonNode schema = function.path("parametersJsonSchema");
        offered.add(
            new Tool(
                function.path("name").stringValue("lookup"),
                schema.isMissingNode() ? function.path("parameters") : schema));
      }
    }
    JsonNode config = root.at("/toolConfig/functionCallingConfig");
    Choice choice =
        switch (config.path("mode").stringValue("AUTO")) {
          case "ANY" -> Choice.REQUIRED;
          case "NONE" -> Choice.NONE;
          default -> Choice.AUTO;
        };
    Set<String> allowed = new HashSet<>();
    config.path("allowedFunctionNames").forEach(name -> allowed.add(name.stringValue("")));
    return new Tools(offered, choice, true).only(allowed);
  }

  private static Output output(JsonNode config) {
    JsonNode limit = config.path("maxOutputTokens");
    boolean isLimit = limit.isIntegralNumber() && limit.canConvertToInt();
    return new Output(
        isLimit ? Math.max(0, limit.intValue()) : Integer.MAX_VALUE,
        1,
        thinking(config.path("thinkingConfig")),
        schema(config));
  }

  private static Thinking thinking(JsonNode config) {
    boolean isOff = config.path("thinkingBudget").intValue(-1) == 0;
    if (config.isEmpty() || isOff) {
      return Thinking.NONE;
    }
    return config.path("includeThoughts").booleanValue(false) ? Thinking.SHOWN : Thinking.HIDDEN;
  }

  private static @Nullable JsonNode schema(JsonNode config) {
    for (String name : List.of("responseJsonSchema", "responseSchema")) {
      if (config.has(name)) {
        return config.path(name);
      }
    }
    boolean isJson = config.path("responseMimeType").stringValue("").equals("application/json");
    return isJson ? config.path("responseSchema") : null;
  }
}
