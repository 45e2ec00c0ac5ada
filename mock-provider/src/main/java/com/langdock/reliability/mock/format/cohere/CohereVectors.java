package com.langdock.reliability.mock.format.cohere;

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

/** Cohere's embed, as strict as Cohere about its type and the number of texts. */
final class CohereVectors implements SideFormat.Api {
  private static final int MOST = 96;

  @Override
  public boolean isPath(String path) {
    return path.endsWith("/embed");
  }

  @Override
  public Example example() {
    return new Example("/v2/embed", Json.object("texts", List.of("Hello")));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    JsonNode root = Json.parse(request.body());
    List<String> texts = new ArrayList<>();
    root.path("texts").forEach(text -> texts.add(text.asString("")));
    boolean isWhole = root.has("input_type") && root.has("embedding_types");
    if (texts.isEmpty() || texts.size() > MOST || !isWhole) {
      throw new InvalidRequest("invalid request: texts, input_type, embedding_types", null, null);
    }
    return Vectors.request(root.path("model").asString(""), texts, root);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    int length = request.fields().path("output_dimension").asInt(0);
    List<Object> vectors = new ArrayList<>();
    request.turns().forEach(turn -> vectors.add(Vectors.of(request.model(), turn.text(), length)));
    Object billed = Json.object("input_tokens", request.inputTokens());
    return Json.text(
        Json.object(
            "id",
            stamp.unique(),
            "embeddings",
            Json.object("float", vectors),
            "meta",
            Json.object("billed_units", billed)));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("embeddings are not streamed");
  }
}
