package com.langdock.reliability.mock.format.bedrock;

import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What Bedrock refuses and the lenient mock does not. */
final class BedrockRules {
  private static final Pattern TOOL = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Pattern TOOL_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
  private static final Pattern DOCUMENT = Pattern.compile("(?!.*  )[a-zA-Z0-9 ()\\[\\]-]{1,200}");
  private static final int MAX_CACHE_POINTS = 4;
  private static final Set<String> FIELDS =
      Set.of(
          "messages",
          "system",
          "inferenceConfig",
          "toolConfig",
          "guardrailConfig",
          "additionalModelRequestFields",
          "promptVariables",
          "additionalModelResponseFieldPaths",
          "requestMetadata",
          "performanceConfig",
          "serviceTier",
          "outputConfig");

  static final List<Rule> ALL =
      List.of(
          Rules.onlyFields("", FIELDS, BedrockRules::unknown),
          Rules.onlyFields(
              "/inferenceConfig",
              Set.of("maxTokens", "temperature", "topP", "stopSequences"),
              BedrockRules::unknown),
          Rules.onlyFields("/outputConfig", Set.of("textFormat", "effort"), BedrockRules::unknown),
          range("temperature", 1),
          range("topP", 1),
          Rules.range(
              "/inferenceConfig/maxTokens", 1, Integer.MAX_VALUE, () -> constraint("maxTokens")),
          BedrockRules::checkTools,
          BedrockRules::checkTurns,
          BedrockRules::checkBlocks,
          BedrockRules::checkResults,
          BedrockRules::checkClaude);

  private BedrockRules() {}

  private static InvalidRequest invalid(String message) {
    return BedrockRequests.invalid(message);
  }

  private static InvalidRequest unknown(String name) {
    return invalid("Malformed input request: extraneous key [" + name + "] is not permitted.");
  }

  private static InvalidRequest constraint(String name) {
    return invalid("Value at '" + name + "' failed to satisfy constraint.");
  }

  private static void check(boolean isRight, String name) {
    if (!isRight) {
      throw constraint(name);
    }
  }

  private static Rule range(String field, double most) {
    return Rules.range("/inferenceConfig/" + field, 0, most, () -> constraint(field));
  }

  private static Stream<JsonNode> blocks(JsonNode body) {
    return body.path("messages").values().stream()
        .flatMap(message -> message.path("content").values().stream());
  }

  private static void checkTools(RawRequest request, JsonNode body) {
    JsonNode config = body.path("toolConfig");
    boolean isNeeded = blocks(body).anyMatch(some -> some.has("toolUse") || some.has("toolResult"));
    check(!isNeeded || config.isObject(), "toolConfig");
    check(config.isMissingNode() || !config.path("tools").isEmpty(), "toolConfig.tools");
    Set<String> names = new HashSet<>();
    for (JsonNode tool : config.path("tools")) {
      JsonNode spec = tool.path("toolSpec");
      String name = spec.path("name").stringValue("");
      check(!tool.has("toolSpec") || TOOL.matcher(name).matches(), "toolSpec.name");
      check(!tool.has("toolSpec") || names.add(name), "toolSpec.name");
      check(!spec.path("description").stringValue("x").isEmpty(), "toolSpec.description");
      boolean isObject = spec.at("/inputSchema/json/type").stringValue("").equals("object");
      check(!tool.has("toolSpec") || isObject, "toolSpec.inputSchema");
    }
    JsonNode chosen = config.at("/toolChoice/tool/name");
    check(chosen.isMissingNode() || names.contains(chosen.stringValue("")), "toolChoice");
  }

  /** Turns alternate and begin with the user's. */
  private static void checkTurns(RawRequest request, JsonNode body) {
    boolean isUsers = true;
    for (JsonNode message : body.path("messages")) {
      if (!message.path("role").stringValue("").equals(isUsers ? "user" : "assistant")) {
        throw invalid("A conversation must alternate between user and assistant roles.");
      }
      check(!message.path("content").isEmpty(), "messages.content");
      isUsers = !isUsers;
    }
  }

  private static void checkBlocks(RawRequest request, JsonNode body) {
    Set<String> documents = new HashSet<>();
    for (JsonNode message : body.path("messages")) {
      boolean isUsers = message.path("role").stringValue("").equals("user");
      List<JsonNode> content = message.path("content").values().stream().toList();
      boolean hasText = content.stream().anyMatch(block -> block.has("text"));
      for (JsonNode block : content) {
        check(!block.path("text").stringValue("x").isBlank(), "text");
        check(isUsers || !(block.has("image") || block.has("document")), "image");
        check(hasText || !block.has("document"), "document");
        check(!block.has("toolUse") || !isUsers, "toolUse");
        check(!block.has("toolUse") || block.at("/toolUse/input").isObject(), "toolUse.input");
      }
    }
    for (JsonNode document : body.findValues("document")) {
      String name = document.path("name").stringValue("");
      check(DOCUMENT.matcher(name).matches() && documents.add(name), "document.name");
    }
    for (JsonNode source : body.path("messages").findValues("bytes")) {
      check(!source.stringValue("").isEmpty(), "bytes");
    }
    body.path("system").forEach(block -> check(hasContent(block), "system.text"));
    int points = body.findValues("cachePoint").size();
    check(points <= MAX_CACHE_POINTS, "cachePoint");
  }

  private static boolean hasContent(JsonNode block) {
    return block.has("cachePoint") || !block.path("text").stringValue("").isEmpty();
  }

  /** The results of calls are in the very next turn, one for each. */
  private static void checkResults(RawRequest request, JsonNode body) {
    List<String> open = List.of();
    Set<String> ids = new HashSet<>();
    for (JsonNode message : body.path("messages")) {
      List<String> answered = ids(message, "toolResult");
      if (!answered.stream().sorted().toList().equals(open.stream().sorted().toList())) {
        throw invalid("Expected toolResult blocks for the toolUse blocks of the turn before.");
      }
      open = ids(message, "toolUse");
      open.forEach(id -> check(TOOL_ID.matcher(id).matches() && ids.add(id), "toolUseId"));
    }
    if (!open.isEmpty()) {
      throw invalid("Expected toolResult blocks for the toolUse blocks of the last turn.");
    }
  }

  private static List<String> ids(JsonNode message, String kind) {
    return message.path("content").values().stream()
        .filter(block -> block.has(kind))
        .map(block -> block.path(kind).path("toolUseId").stringValue(""))
        .toList();
  }

  /** What only Claude models take. */
  private static void checkClaude(RawRequest request, JsonNode body) {
    JsonNode last = body.path("messages").path(body.path("messages").size() - 1);
    boolean isPrefill = last.path("role").stringValue("").equals("assistant");
    if (!BedrockPath.of(request.path()).model().contains("claude")) {
      check(body.path("additionalModelRequestFields").isEmpty(), "additionalModelRequestFields");
      check(body.findValue("reasoningContent") == null, "reasoningContent");
      check(!isPrefill, "messages");
      return;
    }
    JsonNode budget = body.at("/additionalModelRequestFields/thinking/budget_tokens");
    long limit = body.at("/inferenceConfig/maxTokens").longValue(0);
    check(budget.isMissingNode() || budget.longValue() < limit, "budget_tokens");
    check(budget.isMissingNode() || !isPrefill, "messages");
  }
}
