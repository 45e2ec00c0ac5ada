package com.langdock.reliability.translation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads answers of Cohere as its clients do. A plan of calls is thinking. */
final class CohereApi {
  private CohereApi() {}

  static SeenAnswer whole(JsonNode answer) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    JsonNode message = answer.path("message");
    seen.thinking(message.path("tool_plan").asString(""));
    for (JsonNode block : message.path("content")) {
      seen.thinking(block.path("thinking").asString(""));
      seen.text(block.path("text").asString(""));
    }
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      seen.call(function.path("name").asString(""), function.path("arguments").asString(""));
    }
    end(seen, answer);
    return seen.build();
  }

  static SeenAnswer sent(List<JsonNode> events) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    Map<Integer, String> names = new TreeMap<>();
    Map<Integer, StringBuilder> arguments = new TreeMap<>();
    for (JsonNode event : events) {
      JsonNode message = event.at("/delta/message");
      seen.thinking(message.path("tool_plan").asString(""));
      seen.thinking(message.at("/content/thinking").asString(""));
      seen.text(message.at("/content/text").asString(""));
      JsonNode function = message.at("/tool_calls/function");
      if (function.isObject()) {
        int index = event.path("index").asInt();
        names.putIfAbsent(index, function.path("name").asString(""));
        arguments
            .computeIfAbsent(index, _ -> new StringBuilder())
            .append(function.path("arguments").asString(""));
      }
    }
    names.forEach((index, name) -> seen.call(name, String.valueOf(arguments.get(index))));
    end(seen, events.getLast().path("delta"));
    return seen.build();
  }

  private static void end(SeenAnswer.Builder seen, JsonNode end) {
    seen.finish(
        switch (end.path("finish_reason").asString("")) {
          case "TOOL_CALL" -> "tool_calls";
          case "MAX_TOKENS" -> "length";
          default -> "stop";
        });
    JsonNode tokens = end.at("/usage/billed_units"); // What a client pays for.
    seen.usage(tokens.path("input_tokens").asLong(0), tokens.path("output_tokens").asLong(0));
  }
}
