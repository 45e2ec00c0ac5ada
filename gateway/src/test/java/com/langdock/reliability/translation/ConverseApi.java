package com.langdock.reliability.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads answers of Converse as its clients do. */
final class ConverseApi {
  private ConverseApi() {}

  static SeenAnswer whole(JsonNode answer) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    for (JsonNode block : answer.at("/output/message/content")) {
      seen.text(block.path("text").asString(""));
      seen.thinking(block.at("/reasoningContent/reasoningText/text").asString(""));
      JsonNode call = block.path("toolUse");
      if (call.isObject()) {
        seen.call(call.path("name").asString(), call.path("input").toString());
      }
    }
    end(seen, answer.path("stopReason").asString(""), answer.path("usage"));
    return seen.build();
  }

  static SeenAnswer sent(List<JsonNode> messages) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    Map<Integer, String> names = new LinkedHashMap<>();
    Map<Integer, StringBuilder> inputs = new LinkedHashMap<>();
    String reason = "";
    JsonNode usage = messages.getLast().at("/payload/usage");
    for (JsonNode message : messages) {
      JsonNode event = message.path("payload");
      int index = event.path("contentBlockIndex").asInt(0);
      JsonNode call = event.at("/start/toolUse");
      if (call.isObject() && !call.path("type").asString("").equals("server_tool_use")) {
        names.put(index, call.path("name").asString());
      }
      seen.text(event.at("/delta/text").asString(""));
      seen.thinking(event.at("/delta/reasoningContent/text").asString(""));
      inputs
          .computeIfAbsent(index, _ -> new StringBuilder())
          .append(event.at("/delta/toolUse/input").asString(""));
      reason = event.path("stopReason").asString(reason);
    }
    names.forEach((index, name) -> seen.call(name, String.valueOf(inputs.get(index))));
    end(seen, reason, usage);
    return seen.build();
  }

  private static void end(SeenAnswer.Builder seen, String reason, JsonNode usage) {
    seen.finish(
        switch (reason) {
          case "tool_use" -> "tool_calls";
          case "max_tokens" -> "length";
          case "guardrail_intervened" -> "content_filter";
          default -> "stop";
        });
    seen.usage(
        usage.path("inputTokens").asLong(0)
            + usage.path("cacheReadInputTokens").asLong(0)
            + usage.path("cacheWriteInputTokens").asLong(0),
        usage.path("outputTokens").asLong(0));
  }
}
