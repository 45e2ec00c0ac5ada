package com.langdock.reliability.translation;

import com.langdock.reliability.gateway.front.messages.MessageStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads answers of the Messages API as its clients do. */
final class MessagesApi {
  private MessagesApi() {}

  /** Reads a whole answer. */
  static SeenAnswer whole(JsonNode answer) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    for (JsonNode block : answer.path("content")) {
      switch (block.path("type").asString("")) {
        case "text" -> seen.text(block.path("text").asString());
        case "thinking" -> seen.thinking(block.path("thinking").asString());
        case "tool_use" -> seen.call(block.path("name").asString(), block.path("input").toString());
        default -> {}
      }
    }
    seen.finish(finish(answer.path("stop_reason").asString("")));
    usage(seen, answer.path("usage"));
    return seen.build();
  }

  /** Reads a complete stream, and fails where a client would. */
  static SeenAnswer stream(String events) {
    MessageStream stream = MessageStream.whole(events);
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    for (MessageStream.Block block : stream.blocks()) {
      switch (block.type()) {
        case "text" -> seen.text(block.start().path("text").asString("") + block.content());
        case "thinking" -> seen.thinking(block.content());
        case "tool_use" -> seen.call(block.start().path("name").asString(), block.content());
        default -> {}
      }
    }
    JsonNode delta = stream.delta();
    seen.finish(finish(delta.at("/delta/stop_reason").asString("")));
    usage(seen, stream.start().path("usage"));
    usage(seen, delta.path("usage"));
    return seen.build();
  }

  /** Reads the events of a stream as a provider sent it, leniently. */
  static SeenAnswer sent(Iterable<JsonNode> events) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    Map<Integer, String> names = new TreeMap<>();
    Map<Integer, StringBuilder> inputs = new HashMap<>();
    for (JsonNode event : events) {
      JsonNode delta = event.path("delta");
      JsonNode block = event.path("content_block");
      int index = event.path("index").asInt(0);
      if (block.path("type").asString("").equals("tool_use")) {
        names.put(index, block.path("name").asString());
      }
      seen.text(block.path("text").asString("") + delta.path("text").asString(""));
      seen.thinking(delta.path("thinking").asString(""));
      inputs
          .computeIfAbsent(index, _ -> new StringBuilder())
          .append(delta.path("partial_json").asString(""));
      seen.finish(finish(delta.path("stop_reason").asString("")));
      usage(seen, event.at("/message/usage"));
      usage(seen, event.path("usage"));
    }
    names.forEach((index, name) -> seen.call(name, String.valueOf(inputs.get(index))));
    return seen.build();
  }

  private static void usage(SeenAnswer.Builder seen, JsonNode usage) {
    if (usage.isObject()) {
      seen.usage(
          usage.path("input_tokens").asLong(0)
              + usage.path("cache_read_input_tokens").asLong(0)
              + usage.path("cache_creation_input_tokens").asLong(0),
          usage.path("output_tokens").asLong(0));
    }
  }

  private static String finish(String reason) {
    return switch (reason) {
      case "" -> "";
      case "tool_use" -> "tool_calls";
      case "max_tokens", "model_context_window_exceeded" -> "length";
      case "refusal" -> "content_filter";
      default -> "stop";
    };
  }
}
