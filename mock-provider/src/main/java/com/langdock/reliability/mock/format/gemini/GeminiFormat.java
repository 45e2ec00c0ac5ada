package com.langdock.reliability.mock.format.gemini;

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
import com.langdock.reliability.mock.format.TokenCounter;
import com.langdock.reliability.mock.format.anthropic.HostedFormat;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google's generateContent. Source: Google's SDK genai 3.1 and recorded answers. */
public final class GeminiFormat implements ProviderFormat, TokenCounter {
  private static final String PATH = "/v1beta/models/{model}";
  private static final List<String> MODELS =
      List.of("gemini-3-pro-preview", "gemini-2.5-pro", "gemini-2.5-flash");

  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public boolean isChat(String path) {
    return GeminiPath.of(path).isChat();
  }

  @Override
  public Optional<TokenCounter> tokenCounter() {
    return Optional.of(this);
  }

  @Override
  public boolean serves(String path) {
    return GeminiPath.of(path).isCount();
  }

  @Override
  public String count(RawRequest request) {
    int tokens = GeminiRequests.count(request);
    Object details = Json.object("modality", "TEXT", "tokenCount", tokens);
    return Json.text(Json.object("totalTokens", tokens, "promptTokensDetails", List.of(details)));
  }

  /** Embeddings, and Claude as the cloud serves it. */
  @Override
  public List<ProviderFormat> others() {
    return List.of(
        new SideFormat(this, new GeminiEmbeddings()),
        new SideFormat(this, new VertexEmbeddings()),
        HostedFormat.atVertex(this));
  }

  @Override
  public Example example() {
    Object hello = Json.object("role", "user", "parts", List.of(Json.object("text", "Hello")));
    return new Example(
        PATH + ":generateContent",
        PATH + ":streamGenerateContent?alt=sse",
        Json.object(
            "contents", List.of(hello), "generationConfig", Json.object("maxOutputTokens", 500)));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return GeminiRequests.read(request);
  }

  @Override
  public List<Rule> rules() {
    return GeminiRules.ALL;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(new GeminiAnswers(request, answer, stamp).whole());
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new GeminiAnswers(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    return GeminiErrors.in(
        request.delivery(), GeminiErrors.refusal(refusal, request.model(), details));
  }

  @Override
  public boolean answersBlockedPrompts() {
    return true;
  }

  @Override
  public boolean hasRetryDelayInBody() {
    return true;
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return GeminiErrors.invalid(problem.message());
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return GeminiErrors.unroutable(status, message);
  }

  @Override
  public String overloadedBody() {
    return GeminiErrors.overloaded();
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return delivery == Delivery.JSON_ARRAY
        ? overloadedBody() + "\n]"
        : "data: " + overloadedBody() + "\n\n";
  }

  @Override
  public String models() {
    List<Object> models = new ArrayList<>();
    for (String model : MODELS) {
      models.add(
          Json.object(
              "name",
              "models/" + model,
              "displayName",
              model,
              "inputTokenLimit",
              1_048_576,
              "outputTokenLimit",
              65_536,
              "supportedGenerationMethods",
              List.of("generateContent", "countTokens")));
    }
    return Json.text(Json.object("models", models));
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return Map.of("x-gemini-service-tier", "standard");
  }
}
