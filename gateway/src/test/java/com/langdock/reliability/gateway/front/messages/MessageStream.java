package com.langdock.reliability.gateway.front.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads a stream as the official clients do, and fails where they would: one message_start, blocks
 * in order and one at a time, deltas that fit their block, one message_delta, one message_stop.
 */
public final class MessageStream {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A block with all of its deltas. */
  public record Block(String type, JsonNode start, String content, String signature) {}

  private final List<Block> blocks = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private final StringBuilder content = new StringBuilder();
  private String signature = "";
  private @Nullable JsonNode open;
  private @Nullable JsonNode start;
  private @Nullable JsonNode delta;
  private @Nullable JsonNode error;
  private boolean stopped;

  private MessageStream() {}

  /** Reads events; the stream need not be complete. */
  public static MessageStream of(String events) {
    MessageStream stream = new MessageStream();
    for (String event : events.split("\n\n")) {
      stream.event(event);
    }
    return stream;
  }

  /** Reads a complete stream. */
  public static MessageStream whole(String events) {
    MessageStream stream = of(events);
    assertThat(stream.stopped).as("has message_stop: %s", events).isTrue();
    return stream;
  }

  private void event(String event) {
    String name = null;
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
      assertThat(stopped).as("nothing after message_stop").isFalse();
      assertThat(error).as("nothing after error").isNull();
      read(Objects.requireNonNull(name), data);
    }
  }

  private void read(String name, JsonNode data) {
    switch (name) {
      case "message_start" -> {
        assertThat(start).as("one message_start").isNull();
        start = data.path("message");
        assertThat(start.path("id").asString("")).isNotEmpty();
        assertThat(start.path("content").isEmpty()).isTrue();
        assertThat(start.path("usage").path("input_tokens").isNumber()).isTrue();
      }
      case "content_block_start" -> begin(data);
      case "content_block_delta" -> add(data);
      case "content_block_stop" -> end(data);
      case "message_delta" -> {
        assertThat(open).as("no open block").isNull();
        assertThat(delta).as("one message_delta").isNull();
        assertThat(data.path("usage").path("output_tokens").isNumber()).isTrue();
        assertThat(data.path("delta").path("stop_reason").isString()).isTrue();
        delta = data;
      }
      case "message_stop" -> {
        assertThat(delta).as("message_delta before message_stop").isNotNull();
        stopped = true;
      }
      case "error" -> error = data;
      default -> assertThat(start).as("message_start before %s", name).isNotNull();
    }
  }

  private void begin(JsonNode data) {
    assertThat(start).as("message_start before blocks").isNotNull();
    assertThat(delta).as("no block after message_delta").isNull();
    assertThat(open).as("one open block").isNull();
    assertThat(data.path("index").asInt()).as("the next number").isEqualTo(blocks.size());
    open = data.path("content_block");
    assertThat(open.path("type").asString("")).isNotEmpty();
    content.setLength(0);
    signature = "";
  }

  private void add(JsonNode data) {
    assertThat(open).as("an open block").isNotNull();
    assertThat(data.path("index").asInt()).isEqualTo(blocks.size());
    JsonNode change = data.path("delta");
    String type = Objects.requireNonNull(open).path("type").asString("");
    switch (change.path("type").asString("")) {
      case "text_delta" -> {
        assertThat(type).isEqualTo("text");
        content.append(change.path("text").asString(""));
      }
      case "thinking_delta" -> {
        assertThat(type).isEqualTo("thinking");
        assertThat(signature).as("no thinking after its signature").isEmpty();
        content.append(change.path("thinking").asString(""));
      }
      case "signature_delta" -> {
        assertThat(type).isEqualTo("thinking");
        signature = change.path("signature").asString("");
      }
      case "input_json_delta" -> {
        assertThat(type).isIn("tool_use", "server_tool_use", "mcp_tool_use");
        content.append(change.path("partial_json").asString(""));
      }
      default -> assertThat(type).isIn("text", "compaction", "server_tool_use");
    }
  }

  private void end(JsonNode data) {
    assertThat(data.path("index").asInt()).isEqualTo(blocks.size());
    JsonNode begun = Objects.requireNonNull(open, "no open block");
    blocks.add(new Block(begun.path("type").asString(""), begun, content.toString(), signature));
    open = null;
  }

  /** The complete blocks. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The types of the blocks. */
  public List<String> types() {
    return blocks.stream().map(Block::type).toList();
  }

  /** The text of all blocks of text. */
  public String text() {
    StringBuilder all = new StringBuilder();
    blocks.stream()
        .filter(block -> block.type().equals("text"))
        .forEach(block -> all.append(block.content()));
    return all.toString();
  }

  /** The message in message_start. */
  public JsonNode start() {
    return Objects.requireNonNull(start);
  }

  /** The event message_delta. */
  public JsonNode delta() {
    return Objects.requireNonNull(delta);
  }

  /** The error that ended the stream. */
  public JsonNode error() {
    return Objects.requireNonNull(error);
  }

  /** The comment lines. */
  public List<String> comments() {
    return comments;
  }
}
