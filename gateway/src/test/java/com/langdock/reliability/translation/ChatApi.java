package com.langdock.reliability.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of the chat API as its clients do. */
final class ChatApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SeenAnswer.Builder seen = new SeenAnswer.Builder();
  private final Map<Integer, StringBuilder> names = new TreeMap<>();
  private final Map<Integer, StringBuilder> arguments = new TreeMap<>();
  private boolean finished;
  private boolean refused;

  private ChatApi() {}

  /** Reads a whole answer. */
  static SeenAnswer whole(JsonNode answer) {
    ChatApi api = new ChatApi();
    JsonNode choice = answer.at("/choices/0");
    api.content(choice.path("message"));
    api.calls(choice.path("message"));
    api.seen.finish(finish(choice.path("finish_reason").asString("")));
    api.usage(answer.path("usage"));
    return api.build();
  }

  /** Reads the events of a stream as a provider sent it, leniently. */
  static SeenAnswer sent(Iterable<JsonNode> chunks) {
    ChatApi api = new ChatApi();
    chunks.forEach(api::chunk);
    return api.build();
  }

  /** Reads a complete stream, and fails where a client would. */
  static SeenAnswer stream(String events) {
    ChatApi api = new ChatApi();
    assertThat(events).endsWith("data: [DONE]\n\n");
    for (String event : events.split("\n\n")) {
      if (event.startsWith("data: {")) {
        JsonNode chunk = JSON.readTree(event.substring("data: ".length()));
        api.check(chunk);
        api.chunk(chunk);
      }
    }
    assertThat(api.finished).as("has a finish reason: %s", events).isTrue();
    return api.build();
  }

  private void check(JsonNode chunk) {
    JsonNode choice = chunk.at("/choices/0");
    JsonNode delta = choice.path("delta");
    boolean hasContent =
        !delta.path("content").asString("").isEmpty() || !delta.path("tool_calls").isEmpty();
    assertThat(chunk.path("error").isMissingNode()).as("no error").isTrue();
    assertThat(finished && hasContent).as("nothing after the finish: %s", chunk).isFalse();
    for (JsonNode call : delta.path("tool_calls")) {
      int index = call.path("index").asInt(-1);
      boolean isNew = !arguments.containsKey(index);
      assertThat(index).as("the next index").isBetween(0, arguments.size());
      assertThat(!isNew || call.path("id").isString()).as("an id at first: %s", chunk).isTrue();
    }
  }

  private void chunk(JsonNode chunk) {
    JsonNode choice = chunk.at("/choices/0");
    if (choice.path("index").asInt(0) == 0) {
      content(choice.path("delta"));
      calls(choice.path("delta"));
      String reason = finish(choice.path("finish_reason").asString(""));
      finished |= !reason.isEmpty();
      seen.finish(reason);
    }
    usage(chunk.path("usage"));
  }

  private void content(JsonNode message) {
    JsonNode content = message.path("content");
    seen.text(content.isString() ? content.asString() : "");
    for (JsonNode part : content) {
      seen.text(part.path("text").asString(""));
      part.path("thinking").forEach(thought -> seen.thinking(thought.path("text").asString("")));
    }
    String named = message.path("reasoning_content").asString("");
    seen.thinking(named.isEmpty() ? message.path("reasoning").asString("") : named);
    refused |= message.path("refusal").isString();
  }

  private void calls(JsonNode message) {
    int position = 0;
    for (JsonNode call : message.path("tool_calls")) {
      int index = call.path("index").asInt(position++);
      JsonNode function = call.path("function");
      JsonNode json = function.path("arguments");
      names.computeIfAbsent(index, _ -> new StringBuilder());
      if (names.get(index).isEmpty()) {
        names.get(index).append(function.path("name").asString(""));
      }
      arguments
          .computeIfAbsent(index, _ -> new StringBuilder())
          .append(json.isObject() ? json.toString() : json.asString(""));
    }
  }

  private void usage(JsonNode usage) {
    if (usage.isObject()) {
      long input = usage.path("prompt_tokens").asLong(0);
      long sum = input + usage.path("completion_tokens").asLong(0);
      seen.usage(input, Math.max(sum, usage.path("total_tokens").asLong(0)) - input);
    }
  }

  /** The standard reasons; some providers have others. */
  private static String finish(String reason) {
    return switch (reason) {
      case "eos" -> "stop";
      case "model_length" -> "length";
      default -> reason;
    };
  }

  private SeenAnswer build() {
    names.forEach(
        (index, name) -> seen.call(name.toString(), String.valueOf(arguments.get(index))));
    seen.finish(refused ? "content_filter" : "");
    return seen.build();
  }
}
