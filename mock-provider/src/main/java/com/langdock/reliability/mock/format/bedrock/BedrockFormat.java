package com.langdock.reliability.mock.format.bedrock;

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
import com.langdock.reliability.mock.format.anthropic.HostedFormat;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.List;
import java.util.Map;

/** AWS Bedrock's Converse. Source: the service model of botocore 1.43 and recorded answers. */
public final class BedrockFormat implements ProviderFormat {
  private static final String PATH = "/model/{model}/converse";
  private static final List<String> MODELS =
      List.of("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "eu.amazon.nova-pro-v1:0");

  @Override
  public String name() {
    return "bedrock";
  }

  @Override
  public boolean isChat(String path) {
    return BedrockPath.of(path).isChat();
  }

  /** Embeddings, and Claude as the cloud serves it. */
  @Override
  public List<ProviderFormat> others() {
    return List.of(new SideFormat(this, new BedrockEmbeddings()), HostedFormat.atBedrock(this));
  }

  @Override
  public Example example() {
    Object hello = Json.object("role", "user", "content", List.of(Json.object("text", "Hello")));
    return new Example(
        PATH,
        PATH + "-stream",
        Json.object("messages", List.of(hello), "inferenceConfig", Json.object("maxTokens", 500)));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return BedrockRequests.read(request);
  }

  @Override
  public List<Rule> rules() {
    return BedrockRules.ALL;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(new BedrockAnswers(request, answer, stamp).whole());
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new BedrockAnswers(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    return BedrockErrors.refusal(refusal, details);
  }

  @Override
  public boolean answersBlockedPrompts() {
    return true;
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return BedrockErrors.invalid(problem.message());
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return BedrockErrors.unroutable(status, message);
  }

  @Override
  public String overloadedBody() {
    return BedrockErrors.overloaded();
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return BedrockErrors.overloadedEvent();
  }

  @Override
  public boolean isModels(String path) {
    return path.endsWith("/foundation-models");
  }

  @Override
  public String models() {
    List<Object> models =
        MODELS.stream().<Object>map(model -> Json.object("modelId", model)).toList();
    return Json.text(Json.object("modelSummaries", models));
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return Map.of("x-amzn-requestid", "req-" + stamp.unique());
  }
}
