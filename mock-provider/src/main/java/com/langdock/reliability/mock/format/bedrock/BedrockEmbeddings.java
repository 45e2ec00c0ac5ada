package com.langdock.reliability.mock.format.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Vectors;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The embedding models of Titan, Nova and Cohere, as Bedrock invokes them. */
final class BedrockEmbeddings implements SideFormat.Api {
  private static final Pattern PATH = Pattern.compile(".*/model/([^/]*embed[^/]*)/invoke");
  private static final int MOST = 96;

  @Override
  public boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public Example example() {
    return new Example("/model/{model}/invoke", Json.object("inputText", "Hello"));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    Matcher path = PATH.matcher(request.path());
    String model = path.matches() ? URLDecoder.decode(path.group(1), UTF_8) : "";
    JsonNode root = Json.parse(request.body());
    List<String> texts = new ArrayList<>();
    if (model.contains("cohere")) {
      root.path("texts").forEach(text -> texts.add(text.asString("")));
    } else if (model.contains("nova")) {
      texts.add(root.at("/singleEmbeddingParams/text/value").asString(""));
    } else {
      texts.add(root.path("inputText").asString(""));
    }
    boolean lacksType = model.contains("cohere") && !root.has("input_type");
    if (texts.isEmpty() || texts.size() > MOST || texts.contains("") || lacksType) {
      throw new InvalidRequest("Malformed input request, please reformat it.", null, null);
    }
    return Vectors.request(model, texts, root);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    JsonNode fields = request.fields();
    String model = request.model();
    if (model.contains("cohere")) {
      int length = fields.path("output_dimension").asInt(0);
      Object vectors =
          request.turns().stream().map(turn -> Vectors.of(model, turn.text(), length)).toList();
      return Json.text(Json.object("embeddings", Json.object("float", vectors)));
    }
    Turn only = request.turns().getFirst();
    if (model.contains("nova")) {
      int length = fields.at("/singleEmbeddingParams/embeddingDimension").asInt(0);
      Object vector = Vectors.of(model, only.text(), length);
      Object embedding = Json.object("embeddingType", "TEXT", "embedding", vector);
      return Json.text(Json.object("embeddings", List.of(embedding)));
    }
    Object vector = Vectors.of(model, only.text(), fields.path("dimensions").asInt(0));
    return Json.text(
        Json.object("embedding", vector, "inputTextTokenCount", request.inputTokens()));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    throw new IllegalStateException("embeddings are not streamed");
  }
}
