package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.FormData;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's transcriptions and translations of speech. */
final class OpenAiTranscriptions implements SideFormat.Api {
  @Override
  public boolean isPath(String path) {
    return path.endsWith("/audio/transcriptions") || path.endsWith("/audio/translations");
  }

  @Override
  public Example example() {
    return new Example("/v1/audio/transcriptions", Json.object());
  }

  @Override
  public ChatRequest read(RawRequest request) {
    JsonNode fields = FormData.fields(request);
    int bytes = fields.path("file").asInt(0);
    if (bytes == 0) {
      throw new InvalidRequest("you must provide a file parameter", "file", null);
    }
    return new ChatRequest(
        OpenAiRequests.model(fields),
        delivery(fields),
        List.of(new Turn(Turn.Role.USER, bytes + " bytes")),
        Tools.NONE,
        new Output(Integer.MAX_VALUE, 1, Output.Thinking.NONE, null),
        0,
        fields);
  }

  private static Delivery delivery(JsonNode fields) {
    if (fields.path("stream").asString("").equals("true")) {
      return Delivery.EVENTS;
    }
    String format = fields.path("response_format").asString("json");
    return format.contains("json") ? Delivery.WHOLE : Delivery.TEXT;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return request.delivery() == Delivery.TEXT
        ? answer.text() + "\n"
        : Json.text(Json.object("text", answer.text(), "usage", usage(request, answer)));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    List<String> content = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      for (String piece : part.pieces()) {
        content.add(event(Json.object("type", "transcript.text.delta", "delta", piece)));
      }
    }
    String done =
        event(
            Json.object(
                "type",
                "transcript.text.done",
                "text",
                answer.text(),
                "usage",
                usage(request, answer)));
    return new Events(List.of(), content, List.of(done), List.of("data: [DONE]\n\n"));
  }

  private static String event(Map<String, @Nullable Object> json) {
    return "data: " + Json.text(json) + "\n\n";
  }

  private static Map<String, @Nullable Object> usage(ChatRequest request, Answer answer) {
    int input = request.inputTokens();
    int output = answer.outputTokens();
    return Json.object(
        "type",
        "tokens",
        "input_tokens",
        input,
        "output_tokens",
        output,
        "total_tokens",
        input + output);
  }
}
