package com.langdock.reliability.mock.format.responses;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one streamed response: created and in_progress, the items, each from its beginning
 * to its end, and the event that ends the response. Deltas are padded, as OpenAI's are.
 */
final class ResponsesStream {
  private static final int MOST_PADDING = 7;

  private final ResponsesAnswers response;
  private int next;

  ResponsesStream(ResponsesAnswers response) {
    this.response = response;
  }

  Events events() {
    Object begun = response.begun();
    List<String> opening =
        List.of(
            event("response.created", Json.object("response", begun)),
            event("response.in_progress", Json.object("response", begun)));
    List<String> content = new ArrayList<>();
    StringBuilder between = new StringBuilder();
    for (int index = 0; index < response.parts().size(); index++) {
      Answer.Part part = response.parts().get(index);
      between.append(begin(index, part));
      for (String piece : part.pieces()) {
        content.add(between + delta(index, part, piece));
        between.setLength(0);
      }
      between.append(end(index, part));
    }
    String last = event("response." + response.status(), Json.object("response", response.whole()));
    List<String> closing = between.isEmpty() ? List.of() : List.of(between.toString());
    return new Events(opening, content, closing, List.of(last));
  }

  private String begin(int index, Answer.Part part) {
    String added =
        event(
            "response.output_item.added",
            Json.object("output_index", index, "item", response.emptyItem(index)));
    return switch (part) {
      case Answer.Thinking thinking when thinking.shown() ->
          added
              + summary(
                  "reasoning_summary_part.added", index, "part", ResponsesAnswers.summary(""));
      case Answer.Text text ->
          added + content("content_part.added", index, "part", ResponsesAnswers.textPart(""));
      case Answer.Thinking hidden -> added;
      case Answer.ToolCall call -> added;
    };
  }

  private String delta(int index, Answer.Part part, String piece) {
    return switch (part) {
      case Answer.Thinking thinking ->
          summary("reasoning_summary_text.delta", index, "delta", piece);
      case Answer.Text text -> content("output_text.delta", index, "delta", piece);
      case Answer.ToolCall call -> of(name(call) + ".delta", index, "delta", piece);
    };
  }

  private String end(int index, Answer.Part part) {
    String done =
        switch (part) {
          case Answer.Thinking thinking when thinking.shown() ->
              summary("reasoning_summary_text.done", index, "text", thinking.whole())
                  + summary(
                      "reasoning_summary_part.done",
                      index,
                      "part",
                      ResponsesAnswers.summary(thinking.whole()));
          case Answer.Thinking hidden -> "";
          case Answer.Text text ->
              content("output_text.done", index, "text", text.whole())
                  + content(
                      "content_part.done", index, "part", ResponsesAnswers.textPart(text.whole()));
          case Answer.ToolCall call ->
              of(
                  name(call) + ".done",
                  index,
                  response.isCustom(call) ? "input" : "arguments",
                  call.arguments());
        };
    return done
        + event(
            "response.output_item.done",
            Json.object("output_index", index, "item", response.item(index)));
  }

  private String name(Answer.ToolCall call) {
    return response.isCustom(call) ? "custom_tool_call_input" : "function_call_arguments";
  }

  private String content(String type, int index, String name, Object value) {
    Map<String, @Nullable Object> fields = item(index);
    fields.put("content_index", 0);
    if (type.startsWith("output_text.")) {
      fields.put("logprobs", List.of());
    }
    fields.put(name, value);
    return event("response." + type, fields);
  }

  private String summary(String type, int index, String name, Object value) {
    Map<String, @Nullable Object> fields = item(index);
    fields.put("summary_index", 0);
    fields.put(name, value);
    return event("response." + type, fields);
  }

  private String of(String type, int index, String name, Object value) {
    Map<String, @Nullable Object> fields = item(index);
    fields.put(name, value);
    return event("response." + type, fields);
  }

  private Map<String, @Nullable Object> item(int index) {
    return Json.object("item_id", response.id(index), "output_index", index);
  }

  private String event(String type, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> event = Json.object("type", type, "sequence_number", next);
    next++;
    event.putAll(fields);
    if (type.endsWith(".delta")) {
      event.put("obfuscation", "x".repeat(1 + next % MOST_PADDING));
    }
    return "event: " + type + "\ndata: " + Json.text(event) + "\n\n";
  }
}
