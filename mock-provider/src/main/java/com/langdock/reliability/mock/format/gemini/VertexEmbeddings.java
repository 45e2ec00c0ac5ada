package com.langdock.reliability.mock.format.gemini;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Vectors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The embeddings of Google's cloud: {@code predict} for batches, {@code embedContent} for one text.
 * As strict as Google about which model takes which, and about the texts of one call. Source:
 * Google's SDKs.
 */
final class VertexEmbeddings implements SideFormat.Api {
  private static final int MOST = 250;
  private static final int MOST_TOKENS = 20_000;
  private static final int BYTES_PER_TOKEN = 4;
  private static final String PREDICT = "predict";
  private static final String EMBED = "embedContent";

  @Override
  public boolean isPath(String path) {
    String method = GeminiPath.of(path).method();
    return path.contains("/publishers/") && (method.equals(PREDICT) || method.equals(EMBED));
  }

  @Override
  public Example example() {
    return new Example("/v1/publishers/google/models/{model}:predict", Json.object());
  }

  @Override
  public ChatRequest read(RawRequest request) {
    GeminiPath path = GeminiPath.of(request.path());
    JsonNode root = Json.parse(request.body());
    boolean takesOne = path.model().contains("gemini") && !path.model().endsWith("-001");
    if (takesOne != path.method().equals(EMBED)) {
      throw new InvalidRequest("The model does not support " + path.method(), "model", null);
    }
    List<String> texts = takesOne ? List.of(text(root)) : texts(root);
    return Vectors.request(path.model(), texts, root);
  }

  private static String text(JsonNode root) {
    JsonNode parts = root.at("/content/parts");
    if (parts.size() != 1 || parts.at("/0/text").asString("").isEmpty()) {
      throw new InvalidRequest("content: one text is required", "content", null);
    }
    return parts.at("/0/text").asString("");
  }

  private static List<String> texts(JsonNode root) {
    List<String> texts = new ArrayList<>();
    int bytes = 0;
    for (JsonNode instance : root.path("instances")) {
      String text = instance.path("content").asString("");
      bytes += text.length();
      texts.add(text);
    }
    if (texts.isEmpty() || texts.size() > MOST) {
      String message = texts.size() + " instance(s) is not allowed. Maximum allowed is " + MOST;
      throw new InvalidRequest(message, "instances", null);
    }
    if (texts.size() > 1 && bytes / BYTES_PER_TOKEN > MOST_TOKENS) {
      String message = "Unable to submit request because the input token count is too large";
      throw new InvalidRequest(message, "instances", null);
    }
    return texts;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    boolean isOne = request.fields().has("content");
    String lengths = isOne ? "/embedContentConfig" : "/parameters";
    int length = request.fields().at(lengths + "/outputDimensionality").asInt(0);
    if (isOne) {
      String text = request.turns().getFirst().text();
      return Json.text(
          Json.object(
              "embedding",
              Json.object("values", Vectors.of(request.model(), text, length)),
              "usageMetadata",
              Json.object("promptTokenCount", tokens(text))));
    }
    List<Object> predictions = new ArrayList<>();
    request.turns().forEach(turn -> predictions.add(prediction(request, turn.text(), length)));
    return Json.text(Json.object("predictions", predictions));
  }

  private static Object prediction(ChatRequest request, String text, int length) {
    Object statistics = Json.object("truncated", false, "token_count", tokens(text));
    return Json.object(
        "embeddings",
        Json.object("statistics", statistics, "values", Vectors.of(request.model(), text, length)));
  }

  private static int tokens(String text) {
    return (text.length() + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("embeddings are not streamed");
  }
}
