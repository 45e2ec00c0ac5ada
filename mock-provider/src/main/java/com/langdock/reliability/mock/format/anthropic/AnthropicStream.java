package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one streamed message: message_start, one content block from start to stop with a
 * ping in it, message_delta with the stop reason and usage, message_stop. JSON is padded with
 * spaces before its last brace, as Anthropic's is.
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
    return new Events(
        List.of(
            messageStart(),
            event(
                "content_block_start",
                Json.object(
                    "type", "content_block_start", "index", 0, "content_block", emptyBlock())),
            event("ping", Json.object("type", "ping"))),
        content(),
        List.of(
            event("content_block_stop", Json.object("type", "content_block_stop", "index", 0)),
            messageDelta()),
        List.of(event("message_stop", Json.object("type", "message_stop"))));
  }

  static String event(String type, Map<String, @Nullable Object> data) {
    String json = Json.text(data);
    return "event: " + type + "\ndata: " + json.substring(0, json.length() - 1) + "   }\n\n";
  }

  private String messageStart() {
    Object message =
        AnthropicFormat.message(request, stamp, List.of(), null, AnthropicFormat.usage(request, 1));
    return event("message_start", Json.object("type", "message_start", "message", message));
  }

  private String messageDelta() {
    return event(
        "message_delta",
        Json.object(
            "type", "message_delta",
            "delta",
                Json.object(
                    "stop_reason", AnthropicFormat.stopReason(answer),
                    "stop_sequence", null,
                    "stop_details", null),
            "usage", Json.object("output_tokens", answer.outputTokens())));
  }

  private Map<String, @Nullable Object> emptyBlock() {
    return switch (answer) {
      case Answer.Text text -> Json.object("type", "text", "text", "");
      case Answer.ToolCall call ->
          Json.object(
              "type",
              "tool_use",
              "id",
              "toolu_" + stamp.unique(),
              "name",
              call.name(),
              "input",
              Json.object());
    };
  }

  private List<String> content() {
    List<String> events = new ArrayList<>();
    for (String piece : answer.pieces()) {
      Object delta = contentDelta(piece);
      events.add(
          event(
              "content_block_delta",
              Json.object("type", "content_block_delta", "index", 0, "delta", delta)));
    }
    return events;
  }

  private Map<String, @Nullable Object> contentDelta(String piece) {
    return switch (answer) {
      case Answer.Text text -> Json.object("type", "text_delta", "text", piece);
      case Answer.ToolCall call -> Json.object("type", "input_json_delta", "partial_json", piece);
    };
  }
}
