package com.langdock.reliability.gateway.api.response;

import com.langdock.reliability.core.domain.Target;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes OpenAI's list of models: each model once, owned by the first provider that serves it. */
public final class ModelList {
  private ModelList() {}

  /** The list for the targets of the configuration, in its order. */
  public static byte[] of(List<Target> targets, long createdSeconds) {
    Map<String, String> owners = new LinkedHashMap<>();
    targets.forEach(target -> owners.putIfAbsent(target.model(), target.provider()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject().writeStringProperty("object", "list").writeArrayPropertyStart("data");
      owners.forEach((model, owner) ->
          json.writeStartObject()
              .writeStringProperty("id", model)
              .writeStringProperty("object", "model")
              .writeNumberProperty("created", createdSeconds)
              .writeStringProperty("owned_by", owner)
              .writeEndObject());
      json.writeEndArray().writeEndObject();
    }
    return bytes.toByteArray();
  }
}
