package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.json.JsonText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The models that clients may name, all on one page, with the limits that are known. */
final class ModelList {
  private static final String METHODS = "[\"generateContent\",\"countTokens\"]";

  private final byte[] all;
  private final Map<String, byte[]> each = new LinkedHashMap<>();

  ModelList(Collection<String> models, ModelCatalog catalog) {
    StringBuilder list = new StringBuilder();
    for (String model : models) {
      String json = json(model, catalog.factsOf(model));
      each.put(model, json.getBytes(UTF_8));
      list.append(list.isEmpty() ? "" : ",").append(json);
    }
    all = ("{\"models\":[" + list + "]}").getBytes(UTF_8);
  }

  byte[] all() {
    return all;
  }

  /** The model of this name; null if there is none. */
  byte @Nullable [] one(String model) {
    return each.get(model);
  }

  private static String json(String model, ModelFacts facts) {
    return "{\"name\":"
        + JsonText.quote("models/" + model)
        + ",\"displayName\":"
        + JsonText.quote(model)
        + limit("inputTokenLimit", facts.contextWindow())
        + limit("outputTokenLimit", facts.maxOutputTokens())
        + ",\"supportedGenerationMethods\":"
        + METHODS
        + "}";
  }

  private static String limit(String name, OptionalLong tokens) {
    return tokens.isEmpty() ? "" : ",\"" + name + "\":" + tokens.getAsLong();
  }
}
