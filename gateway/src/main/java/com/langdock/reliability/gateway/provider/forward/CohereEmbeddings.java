package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Cohere's embed of API version 2. */
final class CohereEmbeddings implements EmbeddingsCalls {
  /** What vectors are for if the client does not tell it: most are stored and searched. */
  static final String USUAL_TYPE = "search_document";

  /** Cohere's limit. */
  private static final int BATCH = 96;

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public boolean needsInputType() {
    return true;
  }

  @Override
  public String path(TargetModel target) {
    return "/embed";
  }

  @Override
  public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
    return "{\"model\":"
        + JsonText.quote(target.upstreamName())
        + ","
        + fields(texts, input)
        + ",\"embedding_types\":[\"float\"]}";
  }

  /** The fields that a model has at Bedrock too. */
  static String fields(List<String> texts, EmbeddingsInput input) {
    String type = input.inputType() == null ? USUAL_TYPE : input.inputType();
    String list = texts.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
    String dimensions =
        input.dimensions() == null ? "" : ",\"output_dimension\":" + input.dimensions();
    return "\"texts\":" + list + ",\"input_type\":" + JsonText.quote(type) + dimensions;
  }

  @Override
  public Vectors read(ReplyHead head, @Nullable JsonValue root) {
    JsonValue meta = JsonFields.object(root, "meta");
    long tokens = TokenCounts.of(JsonFields.object(meta, "billed_units"), "input_tokens");
    return new Vectors(arrays(root), tokens);
  }

  /** The vectors by their type, or without one. */
  static List<JsonValue> arrays(@Nullable JsonValue root) {
    JsonValue byType = JsonFields.object(root, "embeddings");
    return byType == null
        ? JsonFields.array(root, "embeddings")
        : JsonFields.array(byType, "float");
  }
}
