package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Target;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
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

  private final List<Target> targets;
  private final long createdSeconds;
  private final Map<String, String> owners = new LinkedHashMap<>();
  private final byte[] all;

  /** The models of {@code targets}, in their order. */
  ModelList(List<Target> targets, long createdSeconds) {
    this.targets = targets;
    this.createdSeconds = createdSeconds;
    targets.forEach(target -> owners.putIfAbsent(target.model(), target.provider()));
    this.all = all(owners, createdSeconds);
  }

  /** Those that a caller with {@code rights} may use. */
  ModelList within(Rights rights) {
    return new ModelList(targets.stream().filter(rights::allows).toList(), createdSeconds);
  }

  /** The list. */
  byte[] all() {
    return all;
  }

  /** The object of the model {@code name}, null when it is not in the list. */
  byte @Nullable [] one(String name) {
    String owner = owners.get(name);
    return owner == null ? null : write(json -> write(json, name, owner, createdSeconds));
  }

  private static byte[] all(Map<String, String> owners, long createdSeconds) {
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
