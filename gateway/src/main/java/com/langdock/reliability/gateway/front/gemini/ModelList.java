package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The models that clients may name, all on one page, with the limits that are known. */
final class ModelList {
  private static final String METHODS = "[\"generateContent\",\"countTokens\"]";

  private final List<Target> targets;
  private final ModelCatalog catalog;
  private final byte[] all;
  private final Map<String, byte[]> each = new LinkedHashMap<>();

  ModelList(List<Target> targets, ModelCatalog catalog) {
    this.targets = targets;
    this.catalog = catalog;
    StringBuilder list = new StringBuilder();
    for (String model : targets.stream().map(Target::model).distinct().toList()) {
      String json = json(model, catalog.factsOf(model));
      each.put(model, json.getBytes(UTF_8));
      list.append(list.isEmpty() ? "" : ",").append(json);
    }
    all = ("{\"models\":[" + list + "]}").getBytes(UTF_8);
  }

  /** Those that a caller with {@code rights} may use. */
  ModelList within(Rights rights) {
    return new ModelList(targets.stream().filter(rights::allows).toList(), catalog);
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
