package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.Target;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes models with the fields of OpenAI's and of Anthropic's list, so that the clients of both
 * find theirs: each model once, owned by the first provider that serves it.
 */
final class ModelList {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ModelList() {}

  /** The list of models of {@code targets}, in their order. */
  static byte[] of(List<Target> targets, long createdSeconds) {
    Map<String, String> owners = owners(targets);
    List<String> models = List.copyOf(owners.keySet());
    return write(json -> {
      json.writeStartObject().writeStringProperty("object", "list").writeArrayPropertyStart("data");
      owners.forEach((model, owner) -> write(json, model, owner, createdSeconds));
      json.writeEndArray().writeBooleanProperty("has_more", false);
      writeId(json, "first_id", models.isEmpty() ? null : models.getFirst());
      writeId(json, "last_id", models.isEmpty() ? null : models.getLast());
      json.writeEndObject();
    });
  }

  private static void writeId(JsonGenerator json, String name, @Nullable String model) {
    if (model == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, model);
    }
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
        .writeStringProperty("type", "model")
        .writeStringProperty("display_name", model)
        .writeStringProperty("created_at", Instant.ofEpochSecond(createdSeconds).toString())
        .writeEndObject();
  }
}
