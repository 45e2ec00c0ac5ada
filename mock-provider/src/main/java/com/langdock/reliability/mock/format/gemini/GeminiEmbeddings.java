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

/** Google's batchEmbedContents, as strict as Google about the number and the model of texts. */
final class GeminiEmbeddings implements SideFormat.Api {
  private static final int MOST = 100;

  @Override
  public boolean isPath(String path) {
    return GeminiPath.of(path).method().equals("batchEmbedContents");
  }

  @Override
  public Example example() {
    return new Example("/v1beta/models/{model}:batchEmbedContents", Json.object());
  }

  @Override
  public ChatRequest read(RawRequest request) {
    String model = GeminiPath.of(request.path()).model();
    JsonNode root = Json.parse(request.body());
    JsonNode requests = root.path("requests");
    List<String> texts = new ArrayList<>();
    for (JsonNode one : requests) {
      if (!one.path("model").asString("").equals("models/" + model)) {
        throw new InvalidRequest("model does not match the path", "model", null);
      }
      texts.add(one.at("/content/parts/0/text").asString(""));
    }
    if (texts.isEmpty() || texts.size() > MOST) {
      String message = "at most 100 requests can be in one batch";
      throw new InvalidRequest("BatchEmbedContentsRequest.requests: " + message, "requests", null);
    }
    return Vectors.request(model, texts, root);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    int length = request.fields().at("/requests/0/outputDimensionality").asInt(0);
    List<Object> embeddings = new ArrayList<>();
    request
        .turns()
        .forEach(turn ->
            embeddings.add(
                Json.object("values", Vectors.of(request.model(), turn.text(), length))));
    return Json.text(Json.object("embeddings", embeddings));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("embeddings are not streamed");
  }
}
