package com.langdock.reliability.mock.format.responses;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.List;
import java.util.Map;

/**
 * OpenAI's Responses. Source: OpenAI's OpenAPI description 2.3.0 and recorded answers.
 *
 * <p>The id of a response tells which provider made it, so that another one does not know it.
 */
public final class ResponsesFormat implements ProviderFormat {
  private static final String PATH = "/responses";

  private final String name;
  private final ProviderFormat chat;

  /**
   * A format with this name in its answers.
   *
   * @param chat has the errors and models of the same provider
   */
  public ResponsesFormat(String name, ProviderFormat chat) {
    this.name = name;
    this.chat = chat;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isChat(String path) {
    return path.endsWith(PATH);
  }

  @Override
  public Example example() {
    return new Example("/v1" + PATH, Json.object("input", "Hello"));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return ResponsesRequests.read(request.body(), name);
  }

  @Override
  public List<Rule> rules() {
    return ResponsesRules.ALL;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(new ResponsesAnswers(name, request, answer, stamp).whole());
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new ResponsesStream(new ResponsesAnswers(name, request, answer, stamp)).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    if (refusal == Refusal.MODEL_NOT_FOUND) { // which is no 404 here
      String message = "The requested model '" + request.model() + "' does not exist.";
      return invalid(new InvalidRequest(message, "model", "model_not_found"), stamp);
    }
    if (refusal == Refusal.CONTEXT_LENGTH) {
      String message =
          "Your input exceeds the context window of this model. Please adjust your input and try"
              + " again.";
      return invalid(new InvalidRequest(message, "input", "context_length_exceeded"), stamp);
    }
    return chat.refusal(refusal, request, details, stamp);
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return chat.invalid(problem, stamp);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return chat.unroutable(status, message, stamp);
  }

  @Override
  public String overloadedBody() {
    return chat.overloadedBody();
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    Object error = Json.parse(overloadedBody()).path("error");
    Object event = Json.object("type", "error", "sequence_number", 9, "error", error);
    return "event: error\ndata: " + Json.text(event) + "\n\n";
  }

  @Override
  public String models() {
    return chat.models();
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return chat.headers(stamp);
  }
}
