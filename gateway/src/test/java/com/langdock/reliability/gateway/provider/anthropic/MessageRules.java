package com.langdock.reliability.gateway.provider.anthropic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of Anthropic's Messages API for a body. The API answers each violation with 400.
 *
 * <p>Uses a different JSON library than the format, so that both cannot have the same bug.
 */
public final class MessageRules {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "max_tokens",
          "stream",
          "system",
          "messages",
          "tools",
          "tool_choice",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "thinking",
          "output_config",
          "metadata");

  private final JsonNode body;
  private final List<String> broken = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  private MessageRules(JsonNode body) {
    this.body = body;
  }

  /** The rules that {@code json} violates; empty for a valid request. */
  public static List<String> brokenBy(byte[] json) {
    MessageRules rules = new MessageRules(JSON.readTree(json));
    rules.top();
    rules.tools();
    rules.thinking();
    rules.texts("system", rules.body.path("system"));
    rules.messages();
    return rules.broken;
  }

  private void top() {
    body.propertyNames().forEach(name -> check(FIELDS.contains(name), "extra input " + name));
    check(body.path("model").isString(), "model");
    check(body.path("max_tokens").asLong(0) >= 1, "max_tokens");
    check(body.path("temperature").asDouble(0) <= 1, "temperature");
    for (JsonNode stop : body.path("stop_sequences")) {
      check(!stop.asString().isBlank(), "stop sequence of white space");
    }
  }

  private void tools() {
    Set<String> names = new HashSet<>();
    for (JsonNode tool : body.path("tools")) {
      check(tool.path("name").asString("").matches("[a-zA-Z0-9_-]{1,128}"), "tool name");
      JsonNode schema = tool.path("input_schema");
      check(schema.path("type").asString("").equals("object"), "schema type");
      for (String combination : Set.of("anyOf", "oneOf", "allOf")) {
        check(!schema.has(combination), combination + " at the top of a schema");
      }
      check(names.add(tool.path("name").asString("")), "tool name twice");
    }
    check(!body.has("tool_choice") || body.has("tools"), "tool_choice without tools");
  }

  private void thinking() {
    String type = body.path("thinking").path("type").asString("disabled");
    if (type.equals("disabled") || type.equals("between_tools")) {
      return;
    }
    JsonNode budget = body.path("thinking").path("budget_tokens");
    String choice = body.path("tool_choice").path("type").asString("auto");
    check(type.equals("adaptive") || budget.asLong(0) >= 1_024, "budget is too small");
    check(budget.asLong(0) < body.path("max_tokens").asLong(), "budget leaves no room");
    check(!body.has("temperature"), "temperature with thinking");
    check(choice.equals("auto") || choice.equals("none"), "forced tool with thinking");
    check(!role(body.path("messages").size() - 1).equals("assistant"), "prefill with thinking");
  }

  private void messages() {
    JsonNode messages = body.path("messages");
    check(role(0).equals("user"), "first message is not the user's");
    for (int i = 0; i < messages.size(); i++) {
      JsonNode content = messages.get(i).path("content");
      check(!content.isEmpty(), "message " + i + " is empty");
      check(i == 0 || !role(i).equals(role(i - 1)), "message " + i + " does not alternate");
      texts("message " + i, content);
      blocks(i, content);
    }
    JsonNode last = messages.path(messages.size() - 1);
    JsonNode end = last.path("content").path(last.path("content").size() - 1).path("text");
    check(
        !last.path("role").asString().equals("assistant")
            || end.asString("").equals(end.asString("").stripTrailing()),
        "trailing white space in a last assistant turn");
  }

  private void blocks(int i, JsonNode content) {
    Set<String> results = new HashSet<>();
    boolean other = false;
    for (JsonNode block : content) {
      switch (block.path("type").asString()) {
        case "tool_use" -> {
          String id = block.path("id").asString();
          check(id.matches("[a-zA-Z0-9_-]+"), "tool_use id " + id);
          check(ids.add(id), "tool_use id twice " + id);
          check(block.path("input").isObject(), "input of " + id);
          check(role(i).equals("assistant"), "tool_use by the user");
        }
        case "tool_result" -> {
          check(results.add(block.path("tool_use_id").asString()), "tool_result twice");
          check(!other, "tool_result after other content");
          texts("tool_result", block.path("content"));
          for (JsonNode inner : block.path("content")) {
            check(!inner.has("cache_control"), "cache_control inside a tool_result");
          }
        }
        default -> other = true;
      }
    }
    Set<String> calls = i == 0 ? Set.of() : calls(body.path("messages").get(i - 1));
    check(results.equals(calls), "message " + i + " answers " + results + " of " + calls);
  }

  private static Set<String> calls(JsonNode message) {
    Set<String> calls = new HashSet<>();
    for (JsonNode block : message.path("content")) {
      if (block.path("type").asString().equals("tool_use")) {
        calls.add(block.path("id").asString());
      }
    }
    return calls;
  }

  private void texts(String where, JsonNode blocks) {
    for (JsonNode block : blocks) {
      if (block.path("type").asString().equals("text")) {
        String text = block.path("text").asString();
        check(!text.isBlank(), where + " has blank text");
        check(
            text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
            where + " has half a surrogate pair");
      }
    }
  }

  private String role(int i) {
    return body.path("messages").path(i).path("role").asString("");
  }

  private void check(boolean kept, String rule) {
    if (!kept) {
      broken.add(rule);
    }
  }
}
