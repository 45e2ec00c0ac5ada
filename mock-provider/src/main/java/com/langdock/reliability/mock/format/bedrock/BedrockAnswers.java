package com.langdock.reliability.mock.format.bedrock;

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
 * One answer as a Converse response, or as the events of a stream: each block ends in a stop, only
 * calls have a start, and the usage comes after the stop reason.
 */
final class BedrockAnswers {
  private static final String BLOCKED = "Sorry, the model cannot answer this question.";

  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  BedrockAnswers(ChatRequest request, Answer answer, Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  /** The whole answer. */
  Map<String, @Nullable Object> whole() {
    List<Object> content = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      switch (part) {
        case Answer.Thinking thinking -> {
          Object text = Json.object("text", thinking.whole(), "signature", stamp.signature());
          content.add(Json.object("reasoningContent", Json.object("reasoningText", text)));
        }
        case Answer.Text text -> content.add(Json.object("text", text.whole()));
        case Answer.ToolCall call -> {
          Map<String, @Nullable Object> use = use(call);
          use.put("input", Json.parse(call.arguments()));
          content.add(Json.object("toolUse", use));
        }
      }
    }
    if (answer.finish() == Answer.Finish.BLOCKED) {
      content.add(Json.object("text", BLOCKED));
    }
    Object message = Json.object("role", "assistant", "content", content);
    return Json.object(
        "metrics",
        Json.object("latencyMs", 1),
        "output",
        Json.object("message", message),
        "stopReason",
        stopReason(),
        "usage",
        usage());
  }

  /** The events of a stream. */
  Events events() {
    List<String> content = new ArrayList<>();
    int index = 0;
    for (Answer.Part part : answer.parts()) {
      String start = "";
      if (part instanceof Answer.ToolCall call) {
        start = event("contentBlockStart", index, "start", Json.object("toolUse", use(call)));
      }
      for (String piece : part.pieces()) {
        content.add(start + event("contentBlockDelta", index, "delta", delta(part, piece)));
        start = "";
      }
      String end = event("contentBlockStop", index, "p", "abc");
      if (part instanceof Answer.Thinking && !part.pieces().isEmpty()) {
        Object signature = Json.object("signature", stamp.signature());
        Object delta = Json.object("reasoningContent", signature);
        end = event("contentBlockDelta", index, "delta", delta) + end;
      }
      if (!content.isEmpty()) {
        content.set(content.size() - 1, content.getLast() + start + end);
      }
      index++;
    }
    if (answer.finish() == Answer.Finish.BLOCKED) {
      content.add(event("contentBlockDelta", 0, "delta", Json.object("text", BLOCKED)));
    }
    return new Events(
        List.of(event("messageStart", Json.object("role", "assistant", "p", "ab"))),
        content,
        List.of(event("messageStop", Json.object("stopReason", stopReason(), "p", "abcd"))),
        List.of(
            event(
                "metadata",
                Json.object("usage", usage(), "metrics", Json.object("latencyMs", 1)))));
  }

  private static Object delta(Answer.Part part, String piece) {
    return switch (part) {
      case Answer.Thinking thinking -> Json.object("reasoningContent", Json.object("text", piece));
      case Answer.Text text -> Json.object("text", piece);
      case Answer.ToolCall call -> Json.object("toolUse", Json.object("input", piece));
    };
  }

  private static String event(String type, int index, String name, Object value) {
    return event(type, Json.object("contentBlockIndex", index, name, value));
  }

  private static String event(String type, Object payload) {
    return "event: " + type + "\ndata: " + Json.text(payload) + "\n\n";
  }

  private Map<String, @Nullable Object> use(Answer.ToolCall call) {
    String id = "tooluse_" + stamp.unique() + "_" + call.index();
    return Json.object("toolUseId", id, "name", call.name());
  }

  private Map<String, @Nullable Object> usage() {
    int input = request.inputTokens();
    int output = answer.outputTokens();
    return Json.object("inputTokens", input, "outputTokens", output, "totalTokens", input + output);
  }

  private String stopReason() {
    return switch (answer.finish()) {
      case STOP -> "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case BLOCKED -> "guardrail_intervened";
    };
  }
}
