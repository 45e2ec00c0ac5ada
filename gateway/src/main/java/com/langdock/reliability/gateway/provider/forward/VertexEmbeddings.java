package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How embedding models are asked at Google's cloud: the newer ones one text at a time, the others
 * in batches. A text that is too long is an error, as at OpenAI. Source: Google's SDKs.
 */
enum VertexEmbeddings implements EmbeddingsCalls {
  /** The method {@code predict}. */
  PREDICT(":predict", 250) {
    @Override
    public long batchTokens() {
      return BATCH_TOKENS;
    }

    @Override
    public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
      String dimensions =
          input.dimensions() == null ? "" : ",\"outputDimensionality\":" + input.dimensions();
      return texts.stream()
          .map(text -> "{\"content\":" + JsonText.quote(text) + "}")
          .collect(
              Collectors.joining(
                  ",",
                  "{\"instances\":[",
                  "],\"parameters\":{\"autoTruncate\":false" + dimensions + "}}"));
    }

    @Override
    public Vectors read(ReplyHead head, @Nullable JsonValue root) {
      List<JsonValue> vectors = new ArrayList<>();
      long tokens = 0;
      for (JsonValue prediction : JsonFields.array(root, "predictions")) {
        JsonValue embeddings = JsonFields.value(prediction, "embeddings");
        JsonValue values = JsonFields.value(embeddings, "values");
        if (values != null) {
          vectors.add(values);
        }
        tokens += TokenCounts.of(JsonFields.value(embeddings, "statistics"), "token_count");
      }
      return new Vectors(vectors, tokens);
    }
  },

  /** The method {@code embedContent}. */
  EMBED_CONTENT(":embedContent", 1) {
    @Override
    public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
      String dimensions =
          input.dimensions() == null ? "" : ",\"outputDimensionality\":" + input.dimensions();
      return "{\"content\":{\"parts\":[{\"text\":"
          + JsonText.quote(texts.getFirst())
          + "}]},\"embedContentConfig\":{\"autoTruncate\":false"
          + dimensions
          + "}}";
    }

    @Override
    public Vectors read(ReplyHead head, @Nullable JsonValue root) {
      JsonValue values = JsonFields.value(JsonFields.value(root, "embedding"), "values");
      return new Vectors(
          values == null ? List.of() : List.of(values),
          TokenCounts.of(JsonFields.value(root, "usageMetadata"), "promptTokenCount"));
    }
  };

  /** Google's limit of one call. */
  private static final long BATCH_TOKENS = 20_000;

  private final String method;
  private final int batch;

  VertexEmbeddings(String method, int batch) {
    this.method = method;
    this.batch = batch;
  }

  /** How the model {@code target} is asked. */
  static VertexEmbeddings of(TargetModel target) {
    String name = target.upstreamName();
    boolean isNewGemini = name.contains("gemini") && !name.endsWith("gemini-embedding-001");
    return isNewGemini || name.contains("maas") ? EMBED_CONTENT : PREDICT;
  }

  @Override
  public int batch() {
    return batch;
  }

  /** Google publishes most models; those of others have their publisher before their name. */
  @Override
  public String path(TargetModel target) {
    String name = target.upstreamName();
    String full = name.startsWith("publishers/") ? name : published(name);
    String escaped = URLEncoder.encode(full, StandardCharsets.UTF_8);
    return "/" + escaped.replace("%2F", "/").replace("+", "%20").replace("%40", "@") + method;
  }

  private static String published(String name) {
    int slash = name.indexOf('/');
    String publisher = slash < 0 ? "google" : name.substring(0, slash);
    return "publishers/" + publisher + "/models/" + name.substring(slash + 1);
  }
}
