package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.Target;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes models in OpenAI's format: each once, owned by the first provider that serves it. */
final class ModelList {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ModelList() {}

  /** The list of models of {@code targets}, in their order. */
  static byte[] of(List<Target> targets, long createdSeconds) {
    return write(json -> {
      json.writeStartObject().writeStringProperty("object", "list").writeArrayPropertyStart("data");
      owners(targets).forEach((model, owner) -> write(json, model, owner, createdSeconds));
      json.writeEndArray().writeEndObject();
    });
  }

  /** Each model's object by its name. */
  static Map<String, byte[]> each(List<Target> targets, long createdSeconds) {
    Map<String, byte[]> models = new HashMap<>();
    owners(targets)
        .forEach((model, owner) ->
            models.put(model, write(json -> write(json, model, owner, createdSeconds))));
    return models;
  }

  private static Map<String, String> owners(List<Target> targets) {
    Map<String, String> owners = new LinkedHashMap<>();
    targets.forEach(target -> owners.putIfAbsent(target.model(), target.provider()));
    return owners;
  }

  private static byte[] write(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, String model, String owner, long createdSeconds) {
    json.writeStartObject()
        .writeStringProperty("id", model)
        .writeStringProperty("object", "model")
        .writeNumberProperty("created", createdSeconds)
        .writeStringProperty("owned_by", owner)
        .writeEndObject();
  }
}
