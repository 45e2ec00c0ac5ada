package com.langdock.reliability.mock.format.cohere;

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
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.List;
import java.util.Map;

/** Cohere's chat of API version 2. Source: recorded answers. */
public final class CohereFormat implements ProviderFormat {
  @Override
  public String name() {
    return "cohere";
  }

  @Override
  public boolean isChat(String path) {
    return path.endsWith("/chat");
  }

  @Override
  public List<ProviderFormat> others() {
    return List.of(
        new SideFormat(this, new CohereVectors()), new SideFormat(this, new CohereRanking()));
  }

  @Override
  public Example example() {
    Object hello = Json.object("role", "user", "content", "Hello");
    return new Example("/v2/chat", Json.object("max_tokens", 500, "messages", List.of(hello)));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return CohereRequests.read(request);
  }

  @Override
  public List<Rule> rules() {
    return CohereRequests.RULES;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(new CohereAnswers(request, answer, stamp).whole());
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new CohereAnswers(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    return CohereErrors.refusal(refusal, request.model(), stamp);
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return CohereErrors.error(400, problem.message(), stamp);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return CohereErrors.error(status, message, stamp);
  }

  @Override
  public String overloadedBody() {
    return Json.text(Json.object("message", CohereErrors.overloaded()));
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return "data: " + overloadedBody() + "\n\n";
  }

  @Override
  public String models() {
    return Json.text(Json.object("models", List.of(Json.object("name", "command-a-03-2025"))));
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return Map.of("x-debug-trace-id", stamp.unique());
  }
}
