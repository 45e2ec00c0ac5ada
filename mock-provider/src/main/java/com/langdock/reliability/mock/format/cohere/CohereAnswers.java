package com.langdock.reliability.mock.format.cohere;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes Cohere's answers, whole and as events. */
final class CohereAnswers {
  private static final String PLAN = "I will use the tool.";

  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  CohereAnswers(ChatRequest request, Answer answer, Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  Map<String, @Nullable Object> whole() {
    List<Object> content = new ArrayList<>();
    List<Object> calls = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      switch (part) {
        case Answer.Text text -> content.add(Json.object("type", "text", "text", text.whole()));
        case Answer.Thinking thinking -> {
          if (thinking.shown()) {
            content.add(Json.object("type", "thinking", "thinking", thinking.whole()));
          }
        }
        case Answer.ToolCall call -> calls.add(call(call, call.arguments()));
      }
    }
    Map<String, @Nullable Object> message = Json.object("role", "assistant");
    if (!content.isEmpty()) {
      message.put("content", content);
    }
    if (!calls.isEmpty()) {
      message.put("tool_plan", PLAN);
      message.put("tool_calls", calls);
    }
    return Json.object(
        "id",
        stamp.unique(),
        "message",
        message,
        "finish_reason",
        finishReason(),
        "usage",
        usage());
  }

  private Map<String, @Nullable Object> call(Answer.ToolCall call, String arguments) {
    return Json.object(
        "id",
        call.name() + "_" + stamp.unique() + call.index(),
        "type",
        "function",
        "function",
        Json.object("name", call.name(), "arguments", arguments));
  }

  private String finishReason() {
    return switch (answer.finish()) {
      case STOP -> "COMPLETE";
      case LENGTH -> "MAX_TOKENS";
      case TOOL_CALLS -> "TOOL_CALL";
      case BLOCKED -> "ERROR_TOXIC";
    };
  }

  private Map<String, @Nullable Object> usage() {
    int input = request.inputTokens();
    int output = answer.outputTokens();
    return Json.object(
        "billed_units",
        Json.object("input_tokens", input, "output_tokens", output),
        "tokens",
        Json.object(
            "input_tokens",
            input + 400,
            "output_tokens",
            output + 3,
            "reasoning_tokens",
            answer.thinkingTokens()));
  }

  Events events() {
    List<String> content = new ArrayList<>();
    int index = 0;
    boolean planned = false;
    for (Answer.Part part : answer.parts()) {
      if (part instanceof Answer.ToolCall && !planned) {
        planned = true;
        content.add(event("tool-plan-delta", null, Json.object("tool_plan", PLAN)));
      }
      content.addAll(events(part, index++));
    }
    Object end = Json.object("finish_reason", finishReason(), "usage", usage());
    String last =
        "event: message-end\ndata: "
            + Json.text(Json.object("type", "message-end", "delta", end))
            + "\n\n";
    return new Events(List.of(start()), content, List.of(last), List.of("data: [DONE]\n\n"));
  }

  private String start() {
    Object message =
        Json.object(
            "role", "assistant", "content", List.of(), "tool_plan", "", "tool_calls", List.of());
    return "event: message-start\ndata: "
        + Json.text(
            Json.object(
                "id",
                stamp.unique(),
                "type",
                "message-start",
                "delta",
                Json.object("message", message)))
        + "\n\n";
  }

  private List<String> events(Answer.Part part, int index) {
    return switch (part) {
      case Answer.Text text -> content("text", text.pieces(), index);
      case Answer.Thinking thinking -> content("thinking", thinking.pieces(), index);
      case Answer.ToolCall call -> {
        List<String> events = new ArrayList<>();
        for (String piece : call.pieces()) {
          Object function = Json.object("function", Json.object("arguments", piece));
          events.add(event("tool-call-delta", index, Json.object("tool_calls", function)));
        }
        String start = event("tool-call-start", index, Json.object("tool_calls", call(call, "")));
        yield surrounded(start, events, end("tool-call-end", index));
      }
    };
  }

  private static List<String> content(String type, List<String> pieces, int index) {
    List<String> events = new ArrayList<>();
    for (String piece : pieces) {
      Object delta = Json.object("content", Json.object(type, piece));
      events.add(event("content-delta", index, delta));
    }
    Object begun = Json.object("content", Json.object("type", type, type, ""));
    return surrounded(event("content-start", index, begun), events, end("content-end", index));
  }

  /** The first content comes with its beginning, the last with its end. */
  private static List<String> surrounded(String start, List<String> events, String end) {
    if (!events.isEmpty()) {
      events.set(0, start + events.getFirst());
      events.set(events.size() - 1, events.getLast() + end);
    }
    return events;
  }

  private static String end(String type, int index) {
    return "event: "
        + type
        + "\ndata: "
        + Json.text(Json.object("type", type, "index", index))
        + "\n\n";
  }

  private static String event(String type, @Nullable Integer index, Object message) {
    Map<String, @Nullable Object> event = Json.object("type", type);
    if (index != null) {
      event.put("index", index);
    }
    event.put("delta", Json.object("message", message));
    return "event: " + type + "\ndata: " + Json.text(event) + "\n\n";
  }
}
