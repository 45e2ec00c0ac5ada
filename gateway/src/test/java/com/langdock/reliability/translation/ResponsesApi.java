package com.langdock.reliability.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.responses.ResponseStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads answers of the responses API as its clients do. */
final class ResponsesApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
        case "reasoning" ->
            seen.thinking(content.isEmpty() ? item.at("/content/0/text").asString("") : content);
        case "function_call", "custom_tool_call" -> {
          finish = finish.equals("stop") ? "tool_calls" : finish;
          String namespace = item.path("namespace").asString("");
          String name = item.path("name").asString();
          boolean isCustom = item.has("input");
          seen.call(
              namespace.isEmpty() ? name : namespace + "__" + name,
              isCustom ? JSON.createObjectNode().put("input", content).toString() : content);
        }
        default -> {} // what the provider ran
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

  /** Reads the end of a stream that a provider sent; some leave out the items there. */
  static SeenAnswer sent(List<JsonNode> events) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    JsonNode response = MissingNode.getInstance();
    for (JsonNode event : events) {
      String type = event.path("type").asString("");
      if (type.equals("response.output_item.done")) {
        items.add(event.path("item"));
      } else if (event.has("response")) {
        response = event.path("response");
      }
    }
    return whole(
        response.path("output").isEmpty() && response instanceof ObjectNode object
            ? object.set("output", items)
            : response);
  }

  /** Reads the events of a stream as {@link #sent} does. */
  static SeenAnswer passed(String events) {
    return sent(
        Stream.of(events.split("\n\n"))
            .map(event ->
                event
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring("data: ".length()))
                    .collect(Collectors.joining("\n")))
            .filter(data -> !data.isEmpty())
            .map(JSON::readTree)
            .toList());
  }

  /** Reads a complete stream, and fails where a client would. */
  static SeenAnswer stream(String events) {
    ResponseStream stream = ResponseStream.whole(events);
    assertThat(stream.created().path("output")).isEmpty();
    return whole(stream.response());
  }
}
