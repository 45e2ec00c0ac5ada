package com.langdock.reliability.translation;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What real providers refuse beyond the rules of the mock providers. */
final class FurtherRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Pattern LONG_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final int MAX_USER = 64;

  private final JsonNode body;
  private final List<String> broken = new ArrayList<>();

  private FurtherRules(JsonNode body) {
    this.body = body;
  }

  /** The first rule that {@code body} breaks; empty if there is none. */
  static Optional<String> brokenBy(WireFormat format, JsonNode body, ModelFacts facts) {
    FurtherRules rules = new FurtherRules(body);
    long most =
        facts.limitsInherited() ? Long.MAX_VALUE : facts.maxOutputTokens().orElse(Long.MAX_VALUE);
    switch (format.name()) {
      case "chat" -> rules.chat(most);
      case "messages" -> rules.messages(most);
      case "converse" -> rules.converse(most);
      case "responses" -> rules.responses(most);
      default -> rules.gemini(most);
    }
    return rules.broken.stream().findFirst();
  }

  private void chat(long most) {
    for (String limit : List.of("max_tokens", "max_completion_tokens")) {
      check(body.path(limit).asLong(1) >= 1, limit + " is below 1");
      check(body.path(limit).asLong(1) <= most, limit + " is above the model's");
    }
    check(body.path("user").asString("").length() <= MAX_USER, "user is too long");
    Set<String> names = new HashSet<>();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      check(names.add(function.path("name").asString("")), "two tools with a name");
      check(
          function.at("/parameters/type").asString("").equals("object"),
          "parameters are no object");
      if (function.path("strict").asBoolean(false)) {
        strict(function.path("parameters"));
      }
    }
    JsonNode chosen = body.at("/tool_choice/function/name");
    check(chosen.isMissingNode() || names.contains(chosen.asString()), "an unknown tool is chosen");
    JsonNode format = body.at("/response_format/json_schema/name");
    check(format.isMissingNode() || NAME.matcher(format.asString()).matches(), "schema's name");
    body.path("messages").forEach(this::chatMessage);
  }

  private void responses(long most) {
    check(body.path("max_output_tokens").asLong(16) <= most, "max_output_tokens above the model's");
    check(
        body.path("safety_identifier").asString("").length() <= MAX_USER,
        "safety_identifier is too long");
    Set<String> names = new HashSet<>();
    for (JsonNode tool : body.path("tools")) {
      check(names.add(tool.path("name").asString("")), "two tools with a name");
      check(tool.at("/parameters/type").asString("").equals("object"), "parameters are no object");
      if (tool.path("strict").asBoolean(true)) {
        strict(tool.path("parameters"));
      }
    }
    JsonNode chosen = body.at("/tool_choice/name");
    check(chosen.isMissingNode() || names.contains(chosen.asString()), "an unknown tool is chosen");
    for (JsonNode allowed : body.at("/tool_choice/tools")) {
      check(names.contains(allowed.path("name").asString("")), "an unknown tool is allowed");
    }
    for (JsonNode item : body.path("input")) {
      boolean isCall = item.path("type").asString("").equals("function_call");
      check(!isCall || NAME.matcher(item.path("name").asString("")).matches(), "name of a call");
      check(!isCall || item.path("arguments").isString(), "arguments of a call");
    }
  }

  /** A strict schema requires all of its properties and allows no others. */
  private void strict(JsonNode schema) {
    if (schema.path("type").asString("").equals("object") || schema.has("properties")) {
      Set<String> required = new HashSet<>();
      schema.path("required").forEach(name -> required.add(name.asString()));
      check(required.containsAll(schema.path("properties").propertyNames()), "strict: required");
      check(!schema.path("additionalProperties").asBoolean(true), "strict: additionalProperties");
    }
    schema.forEach(this::strict);
  }

  private void chatMessage(JsonNode message) {
    String role = message.path("role").asString("");
    JsonNode content = message.path("content");
    boolean isAnswer = role.equals("assistant");
    check(!content.isArray() || !content.isEmpty(), "no parts of content");
    check(
        !content.isNull() || (isAnswer && (message.has("tool_calls") || message.has("refusal"))),
        role + " without content");
    for (JsonNode part : content) {
      String type = part.path("type").asString("");
      check(type.equals("text") || role.equals("user"), type + " by " + role);
    }
    for (JsonNode call : message.path("tool_calls")) {
      check(NAME.matcher(call.at("/function/name").asString("")).matches(), "name of a call");
      check(call.at("/function/arguments").isString(), "arguments of a call");
    }
  }

  private void messages(long most) {
    check(body.path("max_tokens").asLong(0) <= most, "max_tokens is above the model's");
    check(body.path("max_tokens").asLong(0) >= 1, "max_tokens is below 1");
    Set<String> names = new HashSet<>();
    body.path("tools").forEach(tool -> names.add(tool.path("name").asString("")));
    JsonNode chosen = body.at("/tool_choice/name");
    check(chosen.isMissingNode() || names.contains(chosen.asString()), "an unknown tool is chosen");
    for (JsonNode block : body.findValues("source")) {
      check(!block.path("data").asString("x").isEmpty(), "a source without data");
    }
    for (JsonNode message : body.path("messages")) {
      for (JsonNode block : message.path("content")) {
        boolean isCall = block.path("type").asString("").equals("tool_use");
        check(
            !isCall || LONG_NAME.matcher(block.path("name").asString("")).matches(),
            "name of a call");
      }
    }
  }

  private void gemini(long most) {
    JsonNode config = body.path("generationConfig");
    check(config.path("maxOutputTokens").asLong(1) <= most, "maxOutputTokens is above the model's");
    check(config.path("topK").asDouble(1) >= 1, "topK is below 1");
    check(!config.has("topK") || config.path("topK").isIntegralNumber(), "topK is no integer");
    Set<String> names = new HashSet<>();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        check(names.add(function.path("name").asString("")), "two functions with a name");
      }
    }
    for (JsonNode name : body.at("/toolConfig/functionCallingConfig/allowedFunctionNames")) {
      check(names.contains(name.asString()), "an unknown function is allowed");
    }
    for (JsonNode content : body.path("contents")) {
      check(!content.path("parts").isEmpty(), "a turn without parts");
      content.path("parts").forEach(this::geminiPart);
    }
  }

  private void converse(long most) {
    check(body.at("/inferenceConfig/maxTokens").asLong(1) <= most, "maxTokens above the model's");
    for (JsonNode stop : body.at("/inferenceConfig/stopSequences")) {
      check(!stop.asString("").isEmpty(), "an empty stop sequence");
    }
    for (JsonNode call : body.findValues("toolUse")) {
      check(NAME.matcher(call.path("name").asString("")).matches(), "name of a call");
    }
    for (JsonNode result : body.findValues("toolResult")) {
      check(!result.path("content").isEmpty(), "a result without content");
    }
  }

  private void geminiPart(JsonNode part) {
    boolean isEmpty = part.path("text").asString("x").isEmpty();
    check(!isEmpty || part.has("thoughtSignature"), "a part without text");
    check(!part.has("functionCall") || part.at("/functionCall/args").isObject(), "args");
    check(!part.at("/inlineData/data").asString("x").isEmpty(), "data of no bytes");
  }

  private void check(boolean kept, String rule) {
    if (!kept) {
      broken.add(rule);
    }
  }
}
