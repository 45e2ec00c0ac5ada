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
import org.jspecify.annotations.Nullable;

/** The embedding models that Bedrock invokes, each vendor's in its own form. */
enum BedrockEmbeddings implements EmbeddingsCalls {
  /** Amazon's Titan, which takes one text. */
  TITAN(1) {
    @Override
    public boolean hasDimensions(TargetModel target) {
      return target.upstreamName().contains("-v2");
    }

    @Override
    public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
      String dimensions = input.dimensions() == null ? "" : ",\"dimensions\":" + input.dimensions();
      return "{\"inputText\":" + JsonText.quote(texts.getFirst()) + dimensions + "}";
    }

    @Override
    public Vectors read(ReplyHead head, @Nullable JsonValue root) {
      JsonValue vector = JsonFields.value(root, "embedding");
      return new Vectors(
          vector == null ? List.of() : List.of(vector),
          TokenCounts.of(root, "inputTextTokenCount"));
    }
  },

  /** Amazon's Nova, which takes one text. */
  NOVA(1) {
    @Override
    public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
      String dimensions =
          input.dimensions() == null ? "" : ",\"embeddingDimension\":" + input.dimensions();
      return "{\"taskType\":\"SINGLE_EMBEDDING\",\"singleEmbeddingParams\":{\"embeddingPurpose\":"
          + "\"GENERIC_INDEX\",\"text\":{\"truncationMode\":\"NONE\",\"value\":"
          + JsonText.quote(texts.getFirst())
          + "}"
          + dimensions
          + "}}";
    }

    @Override
    public Vectors read(ReplyHead head, @Nullable JsonValue root) {
      List<JsonValue> vectors = new ArrayList<>();
      for (JsonValue embedding : JsonFields.array(root, "embeddings")) {
        JsonValue vector = JsonFields.value(embedding, "embedding");
        if (vector != null) {
          vectors.add(vector);
        }
      }
      return new Vectors(vectors, tokens(head));
    }
  },

  /** Cohere's, which take several texts. */
  COHERE(96) {
    @Override
    public boolean needsInputType() {
      return true;
    }

    @Override
    public boolean hasDimensions(TargetModel target) {
      return target.upstreamName().contains("-v4");
    }

    @Override
    public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
      return "{" + CohereEmbeddings.fields(texts, input) + ",\"embedding_types\":[\"float\"]}";
    }

    @Override
    public Vectors read(ReplyHead head, @Nullable JsonValue root) {
      return new Vectors(CohereEmbeddings.arrays(root), tokens(head));
    }
  };

  private final int batch;

  BedrockEmbeddings(int batch) {
    this.batch = batch;
  }

  /** How the model {@code target} is asked. */
  static BedrockEmbeddings of(TargetModel target) {
    String name = target.upstreamName();
    if (name.contains("cohere.")) {
      return COHERE;
    }
    return name.contains("nova") ? NOVA : TITAN;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public String path(TargetModel target) {
    return "/model/"
        + URLEncoder.encode(target.upstreamName(), StandardCharsets.UTF_8).replace("+", "%20")
        + "/invoke";
  }

  private static long tokens(ReplyHead head) {
    String tokens = head.headers().value("x-amzn-bedrock-input-token-count");
    return tokens != null && tokens.matches("\\d{1,9}") ? Long.parseLong(tokens) : 0;
  }
}
