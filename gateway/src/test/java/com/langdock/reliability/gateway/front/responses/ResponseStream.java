package com.langdock.reliability.gateway.front.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads a stream as the official clients do, and fails where they would: numbered events,
 * response.created first, items in order and one at a time, deltas that fit their item and add up
 * to it, one event at the end that repeats all of it.
 */
public final class ResponseStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS =
      Set.of("response.completed", "response.incomplete", "response.failed");

  private final List<JsonNode> items = new ArrayList<>();
  private final List<String> types = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private final StringBuilder content = new StringBuilder();
  private @Nullable JsonNode created;
  private @Nullable JsonNode open;
  private @Nullable JsonNode error;
  private @Nullable JsonNode ended;
  private boolean hasPart;
  private boolean isDone;

  private ResponseStream() {}

  /** Reads events; the stream need not be complete. */
  public static ResponseStream of(String events) {
    ResponseStream stream = new ResponseStream();
    for (String event : events.split("\n\n")) {
      stream.event(event);
    }
    return stream;
  }

  /** Reads a complete stream. */
  public static ResponseStream whole(String events) {
    ResponseStream stream = of(events);
    assertThat(stream.ended).as("has an end: %s", events).isNotNull();
    assertThat(stream.response().path("status").asString("")).isNotEqualTo("failed");
    return stream;
  }

  private void event(String event) {
    String name = "";
    JsonNode data = null;
    for (String line : event.split("\n")) {
      if (line.startsWith(":")) {
        comments.add(line);
      } else if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data = JSON.readTree(line.substring("data: ".length()));
      }
    }
    if (data != null) {
      assertThat(name).isEqualTo(data.path("type").asString(""));
      assertThat(data.path("sequence_number").asInt(-1)).as(name).isEqualTo(types.size());
      assertThat(ended).as("nothing after the end").isNull();
      types.add(name);
      read(name, data);
    }
  }

  private void read(String type, JsonNode data) {
    assertThat(error == null || type.equals("response.failed")).as("%s after error", type).isTrue();
    switch (type) {
      case "error" -> error = data.path("error");
      case "response.created" -> {
        assertThat(types).hasSize(1);
        created = data.path("response");
        assertThat(created.path("status").asString("")).isEqualTo("in_progress");
      }
      case "response.in_progress" -> assertThat(types).hasSize(2);
      case "response.output_item.added" -> begin(data);
      case "response.output_item.done" -> close(data);
      default -> {
        if (ENDS.contains(type)) {
          end(type, data.path("response"));
        } else {
          grow(type, data);
        }
      }
    }
  }

  private void begin(JsonNode data) {
    assertThat(created).isNotNull();
    assertThat(open).as("one open item").isNull();
    assertThat(data.path("output_index").asInt(-1)).as("the next number").isEqualTo(items.size());
    JsonNode item = data.path("item");
    assertThat(items).noneMatch(other -> other.path("id").equals(item.path("id")));
    open = item;
    content.setLength(0);
    hasPart = false;
    isDone = false;
  }

  private void grow(String type, JsonNode data) {
    JsonNode item = Objects.requireNonNull(open, type);
    assertThat(data.path("output_index").asInt(-1)).isEqualTo(items.size());
    assertThat(data.path("item_id")).isEqualTo(item.path("id"));
    assertThat(item.path("type").asString("")).as(type).isEqualTo(owner(type));
    boolean inPart = !type.contains("_call");
    if (inPart) {
      String index = type.contains("summary") ? "summary_index" : "content_index";
      assertThat(data.path(index).asInt(-1)).as("%s of %s", index, type).isZero();
    }
    if (type.endsWith(".added")) {
      assertThat(hasPart).as("one part").isFalse();
      hasPart = true;
    } else if (type.endsWith(".delta")) {
      assertThat(isDone).as("no delta after done").isFalse();
      assertThat(hasPart || !inPart).as("a part before %s", type).isTrue();
      content.append(data.path("delta").asString());
    } else {
      isDone = true;
      JsonNode holder = data.has("part") ? data.path("part") : data;
      String whole = holder.path("text").asString(holder.path("refusal").asString(null));
      whole = holder.path("arguments").asString(holder.path("input").asString(whole));
      assertThat(whole).as(type).isEqualTo(content.toString());
    }
  }

  private static String owner(String type) {
    if (type.contains("summary")) {
      return "reasoning";
    }
    if (type.contains("function_call")) {
      return "function_call";
    }
    return type.contains("custom_tool_call") ? "custom_tool_call" : "message";
  }

  private void close(JsonNode data) {
    JsonNode begun = Objects.requireNonNull(open, "no open item");
    assertThat(data.path("output_index").asInt(-1)).isEqualTo(items.size());
    JsonNode item = data.path("item");
    assertThat(item.path("id")).isEqualTo(begun.path("id"));
    assertThat(item.path("type")).isEqualTo(begun.path("type"));
    if (!item.path("type").asString("").equals("tool_search_call")) {
      assertThat(content(item)).isEqualTo(content.toString());
    }
    items.add(item);
    open = null;
  }

  /** The text or the arguments of {@code item}. */
  public static String content(JsonNode item) {
    return switch (item.path("type").asString("")) {
      case "message" ->
          item.at("/content/0/text").asString(item.at("/content/0/refusal").asString(""));
      case "reasoning" -> item.at("/summary/0/text").asString("");
      case "custom_tool_call" -> item.path("input").asString();
      case "function_call" -> item.path("arguments").asString();
      default -> item.path("arguments").toString();
    };
  }

  private void end(String type, JsonNode response) {
    assertThat(type).isEqualTo("response." + response.path("status").asString(""));
    assertThat(response.path("id")).isEqualTo(created().path("id"));
    assertThat(List.copyOf(response.path("output").values())).isEqualTo(items);
    if (!type.equals("response.failed")) {
      assertThat(open).as("no open item").isNull();
      assertThat(response.at("/usage/total_tokens").isNumber()).isTrue();
    }
    ended = response;
  }

  /** The complete items. */
  public List<JsonNode> items() {
    return items;
  }

  /** The types of the complete items. */
  public List<String> itemTypes() {
    return items.stream().map(item -> item.path("type").asString("")).toList();
  }

  /** The response in response.created. */
  public JsonNode created() {
    return Objects.requireNonNull(created);
  }

  /** The response in the last event. */
  public JsonNode response() {
    return Objects.requireNonNull(ended);
  }

  /** The error in the event of that name. */
  public JsonNode error() {
    return Objects.requireNonNull(error);
  }

  /** The comment lines. */
  public List<String> comments() {
    return comments;
  }
}
