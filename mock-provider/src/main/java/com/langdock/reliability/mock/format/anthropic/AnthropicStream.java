package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of one streamed message: message_start, the content blocks, each from its start to its
 * stop, message_delta with the stop reason and usage, message_stop. A ping comes after the first
 * start. JSON is padded with spaces before its last brace, as Anthropic's is.
 */
final class AnthropicStream {
  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  AnthropicStream(ChatRequest request, Answer answer, Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  Events events() {
    List<String> opening = new ArrayList<>(List.of(messageStart()));
    List<String> content = new ArrayList<>();
    StringBuilder between = new StringBuilder();
    for (int index = 0; index < answer.parts().size(); index++) {
      Answer.Part part = answer.parts().get(index);
      String start = blockEvent("content_block_start", index, "content_block", emptyBlock(part));
      if (index == 0) {
        opening.add(start);
        opening.add(event("ping", Json.object("type", "ping")));
      } else {
        between.append(start);
      }
      for (String piece : part.pieces()) {
        content.add(
            between + blockEvent("content_block_delta", index, "delta", delta(part, piece)));
        between.setLength(0);
      }
      between.append(blockEnd(part, index));
    }
    List<String> closing = between.isEmpty() ? List.of() : List.of(between.toString());
    return new Events(
        opening,
        content,
        Stream.concat(closing.stream(), Stream.of(messageDelta())).toList(),
        List.of(event("message_stop", Json.object("type", "message_stop"))));
  }

  static String event(String type, Map<String, @Nullable Object> data) {
    String json = Json.text(data);
    return "event: " + type + "\ndata: " + json.substring(0, json.length() - 1) + "   }\n\n";
  }

  private String messageStart() {
    Object message =
        AnthropicFormat.message(request, stamp, List.of(), AnthropicFormat.usageAtStart(request));
    return event("message_start", Json.object("type", "message_start", "message", message));
  }

  private String messageDelta() {
    return event(
        "message_delta",
        Json.object(
            "type",
            "message_delta",
            "delta",
            AnthropicFormat.ending(answer.finish()),
            "usage",
            AnthropicFormat.usageAtEnd(request, answer)));
  }

  private Map<String, @Nullable Object> emptyBlock(Answer.Part part) {
    return AnthropicFormat.emptyBlock(part, stamp);
  }

  private String blockEnd(Answer.Part part, int index) {
    String stop =
        event("content_block_stop", Json.object("type", "content_block_stop", "index", index));
    Object signature = Json.object("type", "signature_delta", "signature", stamp.signature());
    return part instanceof Answer.Thinking
        ? blockEvent("content_block_delta", index, "delta", signature) + stop
        : stop;
  }

  private static String blockEvent(String type, int index, String name, Object value) {
    return event(type, Json.object("type", type, "index", index, name, value));
  }

  private static Map<String, @Nullable Object> delta(Answer.Part part, String piece) {
    return switch (part) {
      case Answer.Thinking thinking -> Json.object("type", "thinking_delta", "thinking", piece);
      case Answer.Text text -> Json.object("type", "text_delta", "text", piece);
      case Answer.ToolCall call -> Json.object("type", "input_json_delta", "partial_json", piece);
    };
  }
}
