package com.langdock.reliability.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.responses.ResponseStream;
import tools.jackson.databind.JsonNode;

/** Reads answers of the responses API as its clients do. */
final class ResponsesApi {
  private ResponsesApi() {}

  /** Reads a whole answer. */
  static SeenAnswer whole(JsonNode response) {
    SeenAnswer.Builder seen = new SeenAnswer.Builder();
    String finish = "stop";
    for (JsonNode item : response.path("output")) {
      String content = ResponseStream.content(item);
      switch (item.path("type").asString("")) {
        case "message" -> {
          boolean isRefusal = item.at("/content/0/refusal").isString();
          finish = isRefusal ? "content_filter" : finish;
          seen.text(isRefusal ? "" : content);
        }
        case "reasoning" -> seen.thinking(content);
        default -> {
          finish = finish.equals("stop") ? "tool_calls" : finish;
          seen.call(item.path("name").asString(), content);
        }
      }
    }
    String reason = response.at("/incomplete_details/reason").asString("");
    seen.finish(
        switch (reason) {
          case "max_output_tokens" -> "length";
          case "" -> finish;
          default -> reason;
        });
    JsonNode usage = response.path("usage");
    seen.usage(usage.path("input_tokens").asLong(0), usage.path("output_tokens").asLong(0));
    return seen.build();
  }

  /** Reads a complete stream, and fails where a client would. */
  static SeenAnswer stream(String events) {
    ResponseStream stream = ResponseStream.whole(events);
    assertThat(stream.created().path("output")).isEmpty();
    return whole(stream.response());
  }
}
