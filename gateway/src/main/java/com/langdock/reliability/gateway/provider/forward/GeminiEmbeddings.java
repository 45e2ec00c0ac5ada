package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Google's batchEmbedContents, which reports no usage. */
final class GeminiEmbeddings implements EmbeddingsCalls {
  /** Google's limit. */
  private static final int BATCH = 100;

  @Override
  public int batch() {
    return BATCH;
  }

  private static String resource(TargetModel target) {
    String name = target.upstreamName();
    return name.indexOf('/') < 0 ? "models/" + name : name;
  }

  @Override
  public String path(TargetModel target) {
    String escaped = URLEncoder.encode(resource(target), StandardCharsets.UTF_8);
    return "/" + escaped.replace("%2F", "/").replace("+", "%20") + ":batchEmbedContents";
  }

  @Override
  public String body(TargetModel target, List<String> texts, EmbeddingsInput input) {
    String model = JsonText.quote(resource(target));
    String dimensions =
        input.dimensions() == null ? "" : ",\"outputDimensionality\":" + input.dimensions();
    return texts.stream()
        .map(text ->
            "{\"model\":"
                + model
                + ",\"content\":{\"parts\":[{\"text\":"
                + JsonText.quote(text)
                + "}]}"
                + dimensions
                + "}")
        .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
  }

  @Override
  public Vectors read(ReplyHead head, @Nullable JsonValue root) {
    List<JsonValue> vectors = new ArrayList<>();
    for (JsonValue embedding : JsonFields.array(root, "embeddings")) {
      JsonValue values = JsonFields.value(embedding, "values");
      if (values != null) {
        vectors.add(values);
      }
    }
    return new Vectors(vectors, 0);
  }
}
