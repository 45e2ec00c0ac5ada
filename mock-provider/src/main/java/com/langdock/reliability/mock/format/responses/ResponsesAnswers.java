package com.langdock.reliability.mock.format.responses;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One response: the object, and its items. */
final class ResponsesAnswers {
  private static final String IN_PROGRESS = "in_progress";
  private static final String COMPLETED = "completed";

  private final String provider;
  private final ChatRequest request;
  private final Answer answer;
  private final Stamp stamp;

  ResponsesAnswers(String provider, ChatRequest request, Answer answer, Stamp stamp) {
    this.provider = provider;
    this.request = request;
    this.answer = answer;
    this.stamp = stamp;
  }

  List<Answer.Part> parts() {
    return answer.parts();
  }

  /** How the answer ends, in the name of the last event too. */
  String status() {
    return switch (answer.finish()) {
      case STOP, TOOL_CALLS -> COMPLETED;
      case LENGTH, BLOCKED -> "incomplete";
    };
  }

  /** The response before its output. */
  Map<String, @Nullable Object> begun() {
    return response(IN_PROGRESS, List.of(), null);
  }

  /** The whole response. */
  Map<String, @Nullable Object> whole() {
    List<Object> output = new ArrayList<>();
    for (int index = 0; index < parts().size(); index++) {
      output.add(item(index));
    }
    return response(status(), output, usage());
  }

  private Map<String, @Nullable Object> response(
      String status, List<Object> output, @Nullable Object usage) {
    JsonNode fields = request.fields();
    String reason =
        answer.finish() == Answer.Finish.LENGTH ? "max_output_tokens" : "content_filter";
    return Json.object(
        "id",
        "resp_" + provider + "_" + stamp.unique(),
        "object",
        "response",
        "created_at",
        stamp.time().getEpochSecond(),
        "status",
        status,
        "background",
        false,
        "error",
        null,
        "incomplete_details",
        status.equals("incomplete") ? Json.object("reason", reason) : null,
        "instructions",
        fields.get("instructions"),
        "max_output_tokens",
        fields.get("max_output_tokens"),
        "model",
        request.model(),
        "output",
        output,
        "parallel_tool_calls",
        request.tools().parallel(),
        "previous_response_id",
        fields.get("previous_response_id"),
        "reasoning",
        fields.get("reasoning"),
        "service_tier",
        "default",
        "store",
        fields.path("store").booleanValue(true),
        "tools",
        fields.has("tools") ? fields.get("tools") : List.of(),
        "usage",
        usage,
        "metadata",
        Json.object());
  }

  private Map<String, @Nullable Object> usage() {
    int input = request.inputTokens();
    int output = answer.outputTokens();
    return Json.object(
        "input_tokens",
        input,
        "input_tokens_details",
        Json.object("cached_tokens", 0),
        "output_tokens",
        output,
        "output_tokens_details",
        Json.object("reasoning_tokens", answer.thinkingTokens()),
        "total_tokens",
        input + output);
  }

  /** The id of the item at {@code index}. */
  String id(int index) {
    String prefix =
        switch (parts().get(index)) {
          case Answer.Thinking thinking -> "rs";
          case Answer.Text text -> "msg";
          case Answer.ToolCall call -> isCustom(call) ? "ctc" : "fc";
        };
    return prefix + "_" + provider + stamp.unique() + "_" + index;
  }

  /** Whether {@code call} is to a tool with free text. */
  boolean isCustom(Answer.ToolCall call) {
    ResponsesRequests.Found found = ResponsesRequests.find(request.fields(), call.name(), null);
    return found != null && found.isCustom();
  }

  /** The item at {@code index} before its content. */
  Map<String, @Nullable Object> emptyItem(int index) {
    return switch (parts().get(index)) {
      case Answer.Thinking thinking -> reasoning(index, List.of());
      case Answer.Text text -> message(index, IN_PROGRESS, List.of());
      case Answer.ToolCall call -> call(index, call, IN_PROGRESS, "");
    };
  }

  /** The whole item at {@code index}. */
  Map<String, @Nullable Object> item(int index) {
    return switch (parts().get(index)) {
      case Answer.Thinking thinking ->
          reasoning(index, thinking.shown() ? List.of(summary(thinking.whole())) : List.of());
      case Answer.Text text -> message(index, status(), List.of(textPart(text.whole())));
      case Answer.ToolCall call -> call(index, call, COMPLETED, call.arguments());
    };
  }

  private Map<String, @Nullable Object> reasoning(int index, List<Object> summary) {
    Map<String, @Nullable Object> item =
        Json.object("id", id(index), "type", "reasoning", "summary", summary);
    for (JsonNode included : request.fields().path("include")) {
      if (included.stringValue("").equals("reasoning.encrypted_content")) {
        item.put("encrypted_content", stamp.signature());
      }
    }
    return item;
  }

  static Object summary(String text) {
    return Json.object("type", "summary_text", "text", text);
  }

  static Object textPart(String text) {
    return Json.object(
        "type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
  }

  private Map<String, @Nullable Object> message(int index, String status, List<Object> content) {
    return Json.object(
        "id",
        id(index),
        "type",
        "message",
        "status",
        status,
        "content",
        content,
        "phase",
        "final_answer",
        "role",
        "assistant");
  }

  private Map<String, @Nullable Object> call(
      int index, Answer.ToolCall call, String status, String arguments) {
    ResponsesRequests.Found found = ResponsesRequests.find(request.fields(), call.name(), null);
    boolean isCustom = found != null && found.isCustom();
    Map<String, @Nullable Object> item =
        Json.object(
            "id",
            id(index),
            "type",
            isCustom ? "custom_tool_call" : "function_call",
            "status",
            status,
            isCustom ? "input" : "arguments",
            arguments,
            "call_id",
            "call_" + stamp.unique() + "_" + call.index(),
            "name",
            call.name());
    if (found != null && found.namespace() != null) {
      item.put("namespace", found.namespace());
    }
    return item;
  }
}
