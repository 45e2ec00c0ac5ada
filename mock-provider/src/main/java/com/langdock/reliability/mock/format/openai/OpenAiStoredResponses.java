package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Turn;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.MissingNode;

/** OpenAI's stored responses: all that have an id of this provider. */
final class OpenAiStoredResponses implements SideFormat.Api {
  private static final Pattern PATH =
      Pattern.compile(".*/responses/(?<id>[^/]+)(/cancel|/input_items)?");

  @Override
  public boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET", "POST", "DELETE");
  }

  @Override
  public Example example() {
    return new Example("/v1/responses/resp_openai_1", Json.object());
  }

  /** Stored responses are asked for without a model. */
  @Override
  public ChatRequest read(RawRequest request) {
    Matcher path = PATH.matcher(request.path());
    String id = path.matches() ? path.group("id") : "";
    if (!id.startsWith("resp_openai_")) {
      throw new InvalidRequest("Response with id '" + id + "' not found.", "id", null);
    }
    String asked = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
    return new ChatRequest(
        "none",
        Delivery.WHOLE,
        List.of(new Turn(Turn.Role.USER, id), new Turn(Turn.Role.USER, asked)),
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
            request.turns().getFirst().text(),
            "object",
            "response",
            "status",
            "completed",
            "asked",
            request.turns().getLast().text(),
            "output",
            List.of()));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new Events(List.of(), List.of(), List.of(), List.of());
  }
}
