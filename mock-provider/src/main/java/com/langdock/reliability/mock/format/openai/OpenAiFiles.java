package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.MissingNode;

/** OpenAI's files: their descriptions, and their contents as bytes that arrive in parts. */
final class OpenAiFiles implements SideFormat.Api {
  @Override
  public boolean isPath(String path) {
    return path.matches(".*/files(/[^/]+(/content)?)?");
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET", "POST", "DELETE");
  }

  @Override
  public Example example() {
    return new Example("/v1/files", Json.object());
  }

  /** Files are of no model. */
  @Override
  public ChatRequest read(RawRequest request) {
    boolean isContent = request.path().endsWith("/content");
    String text = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return new ChatRequest(
        "none",
        isContent ? Delivery.AUDIO : Delivery.WHOLE,
        List.of(new Turn(Turn.Role.USER, text)),
        Tools.NONE,
        new Output(Integer.MAX_VALUE, 1, Output.Thinking.NONE, null),
        0,
        MissingNode.getInstance());
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(
        Json.object(
            "id",
            "file-" + stamp.unique(),
            "object",
            "file",
            "asked",
            request.turns().getFirst().text(),
            "created_at",
            stamp.time().getEpochSecond()));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    List<String> content = new ArrayList<>();
    answer.parts().forEach(part -> content.addAll(part.pieces()));
    return new Events(List.of(), content, List.of(), List.of());
  }
}
