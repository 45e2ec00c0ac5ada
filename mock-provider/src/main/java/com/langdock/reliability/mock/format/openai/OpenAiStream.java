package com.langdock.reliability.mock.format.openai;

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
 * The chunks of one streamed answer: the role, the contents, the finish reason, usage where asked
 * for, and {@code [DONE]}. With usage asked for, every earlier chunk says {@code "usage":null}.
 */
final class OpenAiStream {
  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  OpenAiStream(ChatRequest request, Answer answer, Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  Events events() {
    List<String> closing = new ArrayList<>(forEachChoice(Json.object(), finishReason(answer)));
    if (request.includeUsage()) {
      closing.add(chunk(List.of(), OpenAiFormat.usage(request, answer)));
    }
    return new Events(
        forEachChoice(openingDelta(), null), content(), closing, List.of("data: [DONE]\n\n"));
  }

  static String finishReason(Answer answer) {
    return switch (answer) {
      case Answer.Text text -> text.cutShort() ? "length" : "stop";
      case Answer.ToolCall call -> "tool_calls";
    };
  }

  private Map<String, @Nullable Object> openingDelta() {
    return switch (answer) {
      case Answer.Text text -> Json.object("role", "assistant", "content", "", "refusal", null);
      case Answer.ToolCall call ->
          Json.object(
              "role",
              "assistant",
              "content",
              null,
              "refusal",
              null,
              "tool_calls",
              List.of(callStart(call)));
    };
  }

  private Map<String, @Nullable Object> callStart(Answer.ToolCall call) {
    return Json.object(
        "index",
        0,
        "id",
        "call_" + stamp.unique(),
        "type",
        "function",
        "function",
        Json.object("name", call.name(), "arguments", ""));
  }

  private List<String> content() {
    List<String> content = new ArrayList<>();
    for (String piece : answer.pieces()) {
      content.addAll(forEachChoice(contentDelta(piece), null));
    }
    return content;
  }

  private Map<String, @Nullable Object> contentDelta(String piece) {
    return switch (answer) {
      case Answer.Text text -> Json.object("content", piece);
      case Answer.ToolCall call -> argumentsDelta(piece);
    };
  }

  private static Map<String, @Nullable Object> argumentsDelta(String piece) {
    Object call = Json.object("index", 0, "function", Json.object("arguments", piece));
    return Json.object("tool_calls", List.of(call));
  }

  /** The same delta for every choice, each in a chunk of its own. */
  private List<String> forEachChoice(
      Map<String, @Nullable Object> delta, @Nullable String finishReason) {
    List<String> chunks = new ArrayList<>(request.choices());
    for (int index = 0; index < request.choices(); index++) {
      Object choice =
          Json.object(
              "index", index, "delta", delta, "logprobs", null, "finish_reason", finishReason);
      chunks.add(chunk(List.of(choice), null));
    }
    return chunks;
  }

  private String chunk(List<Object> choices, @Nullable Object usage) {
    Map<String, @Nullable Object> chunk =
        Json.object(
            "id",
            "chatcmpl-" + stamp.unique(),
            "object",
            "chat.completion.chunk",
            "created",
            stamp.time().getEpochSecond(),
            "model",
            request.model(),
            "service_tier",
            "default",
            "system_fingerprint",
            null,
            "choices",
            choices);
    if (request.includeUsage()) {
      chunk.put("usage", usage);
    }
    return "data: " + Json.text(chunk) + "\n\n";
  }
}
