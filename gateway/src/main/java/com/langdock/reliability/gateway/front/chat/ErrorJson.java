package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.AttemptTrail;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an error in OpenAI's format, with the request's id and its attempts. */
public final class ErrorJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ErrorJson() {}

  /** The body of {@code error}. */
  public static byte[] of(ApiError error, String requestId) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject().writeObjectPropertyStart("error");
      json.writeStringProperty("message", error.message());
      json.writeStringProperty("type", error.type());
      writeNullable(json, "param", error.param());
      json.writeStringProperty("code", error.code());
      json.writeStringProperty("request_id", requestId);
      json.writeArrayPropertyStart("attempts");
      error.attempts().forEach(attempt -> write(json, attempt));
      json.writeEndArray().writeEndObject().writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, EndedAttempt ended) {
    json.writeStartObject();
    json.writeStringProperty("provider", ended.attempt().target().provider());
    json.writeStringProperty("model", ended.attempt().target().model());
    OptionalInt status = AttemptTrail.status(ended.failure());
    if (status.isPresent()) {
      json.writeNumberProperty("status", status.getAsInt());
    } else {
      json.writeNullProperty("status");
    }
    writeNullable(json, "error", ended.failure() == null ? null : ended.failure().word());
    json.writeNumberProperty("latency_ms", TimeUnit.NANOSECONDS.toMillis(ended.nanos()));
    json.writeEndObject();
  }

  private static void writeNullable(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, Objects.requireNonNull(value));
    }
  }
}
