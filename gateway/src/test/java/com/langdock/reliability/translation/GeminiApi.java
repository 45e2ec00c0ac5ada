package com.langdock.reliability.translation;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of generateContent as its clients do: a whole one is a stream of one event. */
final class GeminiApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> NORMAL = Set.of("STOP", "MAX_TOKENS", "");

  private GeminiApi() {}

  /** What a model wrote in vain has a name of its own. */
  private static String arguments(JsonNode args) {
    return args.path("_raw").asString(args.isObject() ? args.toString() : "");
  }

  /** Reads a complete stream, which has nothing but events with one line of data. */
  static SeenAnswer stream(String events) {
    return sent(
        events
            .lines()
            .filter(line -> !line.isEmpty())
            .map(line -> JSON.readTree(line.substring("data: ".length())))
            .toList());
  }

  /** Reads responses. */
  static SeenAnswer sent(List<JsonNode> events) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    boolean calls = false;
    String reason = "";
    for (JsonNode event : events) {
      for (JsonNode part : event.at("/candidates/0/content/parts")) {
        String text = part.path("text").asString("");
        if (part.path("thought").asBoolean(false)) {
          seen.thinking(text);
        } else {
          seen.text(text);
        }
        if (part.has("functionCall")) {
          JsonNode call = part.path("functionCall");
          calls = true;
          seen.call(call.path("name").asString(), arguments(call.path("args")));
        }
      }
      String finish = event.at("/candidates/0/finishReason").asString("");
      finish = event.at("/promptFeedback/blockReason").isString() ? "BLOCKED" : finish;
      reason = finish.isEmpty() ? reason : finish;
      JsonNode usage = event.path("usageMetadata");
      seen.usage(
          usage.path("promptTokenCount").asLong(0),
          usage.path("candidatesTokenCount").asLong(0)
              + usage.path("thoughtsTokenCount").asLong(0));
    }
    String normal = reason.equals("MAX_TOKENS") ? "length" : calls ? "tool_calls" : "stop";
    seen.finish(NORMAL.contains(reason) ? normal : "content_filter");
    return seen.build();
  }
}
