package com.langdock.reliability.mock.format.gemini;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer as one GenerateContentResponse, or as several with a part each. Each of a stream has
 * the usage so far, and only the last one a finish reason: it is the stream's terminator.
 */
final class GeminiAnswers {
  /** From this generation on, calls have ids. */
  private static final String WITH_CALL_IDS = "gemini-3";

  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  GeminiAnswers(ChatRequest request, Answer answer, Stamp stamp) {
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  /** The whole answer. */
  Map<String, @Nullable Object> whole() {
    List<Object> parts = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      switch (part) {
        case Answer.Thinking thinking -> {
          if (thinking.shown()) {
            parts.add(thought(thinking.whole()));
          }
        }
        case Answer.Text text -> {
          if (!text.whole().isEmpty()) {
            parts.add(text(text.whole(), true));
          }
        }
        case Answer.ToolCall call -> parts.add(call(call));
      }
    }
    return last(parts);
  }

  /** The chunks of a stream; a call comes whole, and thoughts and text piece by piece. */
  Events events() {
    List<String> content = new ArrayList<>();
    int thought = 0;
    int said = 0;
    for (Answer.Part part : answer.parts()) {
      switch (part) {
        case Answer.Thinking thinking -> {
          for (String piece : thinking.pieces()) {
            thought = Math.min(thinking.tokens(), thought + Tokens.in(piece));
            content.add(event(chunk(thought(piece), usage(said, thought))));
          }
          thought = thinking.tokens();
        }
        case Answer.Text text -> {
          boolean first = true;
          for (String piece : text.pieces()) {
            said = Math.min(text.tokens(), said + Tokens.in(piece));
            content.add(event(chunk(text(piece, first), usage(said, thought))));
            first = false;
          }
        }
        case Answer.ToolCall call -> {
          said += call.tokens();
          content.add(event(chunk(call(call), usage(said, thought))));
        }
      }
    }
    String end = Json.text(last(List.of(Json.object("text", ""))));
    return isArray()
        ? new Events(List.of("["), content, List.of(), List.of(end + "\n]"))
        : new Events(List.of(), content, List.of(), List.of("data: " + end + "\n\n"));
  }

  private String event(Map<String, @Nullable Object> chunk) {
    String json = Json.text(chunk);
    return isArray() ? json + ",\n" : "data: " + json + "\n\n";
  }

  private boolean isArray() {
    return request.delivery() == Delivery.JSON_ARRAY;
  }

  /** The response with the finish reason, or with the block of the prompt. */
  private Map<String, @Nullable Object> last(List<Object> parts) {
    int thought = answer.thinkingTokens();
    Map<String, @Nullable Object> usage = usage(answer.outputTokens() - thought, thought);
    if (answer.finish() == Answer.Finish.BLOCKED) {
      Object feedback = Json.object("blockReason", "PROHIBITED_CONTENT");
      return response("promptFeedback", feedback, usage);
    }
    Map<String, @Nullable Object> candidate = candidate(parts);
    candidate.put("finishReason", finishReason(answer.finish()));
    return response("candidates", List.of(candidate), usage);
  }

  private Map<String, @Nullable Object> chunk(
      Map<String, @Nullable Object> part, Map<String, @Nullable Object> usage) {
    return response("candidates", List.of(candidate(List.of(part))), usage);
  }

  private Map<String, @Nullable Object> response(
      String name, Object content, Map<String, @Nullable Object> usage) {
    return Json.object(
        name,
        content,
        "usageMetadata",
        usage,
        "modelVersion",
        request.model(),
        "responseId",
        stamp.unique());
  }

  private static Map<String, @Nullable Object> candidate(List<Object> parts) {
    Map<String, @Nullable Object> content = Json.object("role", "model");
    if (!parts.isEmpty()) {
      content.put("parts", parts);
    }
    return Json.object("content", content, "index", 0);
  }

  private static Map<String, @Nullable Object> thought(String text) {
    return Json.object("text", text, "thought", true);
  }

  /** The first text after thoughts carries their signature. */
  private Map<String, @Nullable Object> text(String text, boolean first) {
    Map<String, @Nullable Object> part = Json.object("text", text);
    if (first && answer.thinkingTokens() > 0) {
      part.put("thoughtSignature", stamp.signature());
    }
    return part;
  }

  /** Only the first of several calls carries a signature. */
  private Map<String, @Nullable Object> call(Answer.ToolCall call) {
    Map<String, @Nullable Object> function =
        Json.object("name", call.name(), "args", Json.parse(call.arguments()));
    if (request.model().startsWith(WITH_CALL_IDS)) {
      function.put("id", "fc" + stamp.unique() + "_" + call.index());
    }
    Map<String, @Nullable Object> part = Json.object("functionCall", function);
    if (call.index() == 0) {
      part.put("thoughtSignature", stamp.signature());
    }
    return part;
  }

  private Map<String, @Nullable Object> usage(int said, int thought) {
    int prompt = request.inputTokens();
    Map<String, @Nullable Object> usage = Json.object("promptTokenCount", prompt);
    if (said > 0) {
      usage.put("candidatesTokenCount", said);
    }
    usage.put("totalTokenCount", prompt + said + thought);
    if (request.cachedTokens() > 0) {
      usage.put("cachedContentTokenCount", request.cachedTokens());
    }
    if (thought > 0) {
      usage.put("thoughtsTokenCount", thought);
    }
    return usage;
  }

  /** A call ends in STOP too. */
  private static String finishReason(Answer.Finish finish) {
    return switch (finish) {
      case STOP, TOOL_CALLS -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case BLOCKED -> "PROHIBITED_CONTENT";
    };
  }
}
