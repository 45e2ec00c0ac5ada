package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
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
    String finishReason = OpenAiFormat.finishReason(answer.finish());
    List<String> closing = new ArrayList<>(forEachChoice(Json.object(), finishReason));
    if (includesUsage()) {
      closing.add(chunk(List.of(), OpenAiFormat.usage(request, answer)));
    }
    return new Events(
        forEachChoice(openingDelta(), null), content(), closing, List.of("data: [DONE]\n\n"));
  }

  /** The role; with tool calls also the beginning of the first one. */
  private Map<String, @Nullable Object> openingDelta() {
    List<Answer.ToolCall> calls = answer.toolCalls();
    Object content = calls.isEmpty() ? "" : null;
    Map<String, @Nullable Object> delta =
        Json.object("role", "assistant", "content", content, "refusal", null);
    if (!calls.isEmpty()) {
      delta.putAll(callDelta(callStart(calls.getFirst())));
    }
    return delta;
  }

  private List<String> content() {
    List<String> content = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      switch (part) {
        case Answer.Thinking hidden -> {
          // OpenAI tells only how many tokens it was.
        }
        case Answer.Text text ->
            text.pieces()
                .forEach(
                    piece -> content.addAll(forEachChoice(Json.object("content", piece), null)));
        case Answer.ToolCall call -> content.addAll(callContent(call));
      }
    }
    return content;
  }

  /** The arguments; the beginning of a later call comes with its first piece. */
  private List<String> callContent(Answer.ToolCall call) {
    List<String> content = new ArrayList<>();
    for (String piece : call.pieces()) {
      Object arguments = Json.object("arguments", piece);
      content.addAll(
          forEachChoice(
              callDelta(Json.object("index", call.index(), "function", arguments)), null));
    }
    if (call.index() > 0) {
      List<String> start = forEachChoice(callDelta(callStart(call)), null);
      for (int choice = 0; choice < start.size(); choice++) {
        content.set(choice, start.get(choice) + content.get(choice));
      }
    }
    return content;
  }

  private static Map<String, @Nullable Object> callDelta(Map<String, @Nullable Object> call) {
    return Json.object("tool_calls", List.of(call));
  }

  private Map<String, @Nullable Object> callStart(Answer.ToolCall call) {
    return Json.object(
        "index",
        call.index(),
        "id",
        OpenAiFormat.callId(call, stamp),
        "type",
        "function",
        "function",
        Json.object("name", call.name(), "arguments", ""));
  }

  /** The same delta for every choice, each in a chunk of its own. */
  private List<String> forEachChoice(
      Map<String, @Nullable Object> delta, @Nullable String finishReason) {
    List<String> chunks = new ArrayList<>(request.output().choices());
    for (int index = 0; index < request.output().choices(); index++) {
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
    if (includesUsage()) {
      chunk.put("usage", usage);
    }
    return "data: " + Json.text(chunk) + "\n\n";
  }

  private boolean includesUsage() {
    return request.delivery() == Delivery.EVENTS_WITH_USAGE;
  }
}
