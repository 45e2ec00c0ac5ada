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

/** Cohere's rerank, which keeps the order of the documents. */
final class CohereRanking implements SideFormat.Api {
  @Override
  public boolean isPath(String path) {
    return path.endsWith("/rerank");
  }

  @Override
  public Example example() {
    return new Example("/v2/rerank", Json.object("query", "Hello", "documents", List.of("Hello")));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    JsonNode root = Json.parse(request.body());
    List<String> documents = new ArrayList<>();
    root.path("documents").forEach(document -> documents.add(document.asString("")));
    if (documents.isEmpty() || !root.has("query")) {
      throw new InvalidRequest("invalid request: query and documents are required", null, null);
    }
    return Vectors.request(root.path("model").asString(""), documents, root);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    List<Object> results = new ArrayList<>();
    for (int index = 0; index < request.turns().size(); index++) {
      results.add(Json.object("index", index, "relevance_score", 1.0 / (index + 1)));
    }
    Object billed = Json.object("search_units", 1);
    return Json.text(
        Json.object(
            "id", stamp.unique(), "results", results, "meta", Json.object("billed_units", billed)));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("a ranking is not streamed");
  }
}
