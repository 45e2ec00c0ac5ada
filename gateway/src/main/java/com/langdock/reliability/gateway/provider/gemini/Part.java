package com.langdock.reliability.gateway.provider.gemini;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A part of a turn. */
sealed interface Part {
  /** Writes the part as a JSON object. */
  void write(JsonGenerator out);

  /**
   * Text.
   *
   * @param text empty only beside a signature, since Gemini rejects a part without content
   * @param signature what the model returned with it; null if none
   */
  record Text(String text, @Nullable String signature) implements Part {
    /** Text without a signature. */
    Text(String text) {
      this(text, null);
    }

    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("text", text);
      writeSignature(out, signature);
      out.writeEndObject();
    }
  }

  /** An image, a document or a recording. */
  record Attachment(Media media) implements Part {
    @Override
    public void write(JsonGenerator out) {
      media.write(out);
    }
  }

  /**
   * A function call of the model.
   *
   * @param id empty if it has none
   * @param arguments a JSON object
   * @param signature what the model returned with it; null if none
   */
  record Call(String id, String name, String arguments, @Nullable String signature)
      implements Part {
    /** The same call with another signature. */
    Call signed(String other) {
      return new Call(id, name, arguments, other);
    }

    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("functionCall");
      out.writeStartObject();
      writeId(out, id);
      out.writeStringProperty("name", name);
      out.writeName("args");
      out.writeRawValue(arguments);
      out.writeEndObject();
      writeSignature(out, signature);
      out.writeEndObject();
    }
  }

  /**
   * The result of a function call.
   *
   * @param id empty if the call has none
   * @param media the images and documents that the result contains
   * @param failed whether the function reports a failure
   */
  record Result(String id, String name, String text, List<Media> media, boolean failed)
      implements Part {
    @Override
    public void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeName("functionResponse");
      out.writeStartObject();
      writeId(out, id);
      out.writeStringProperty("name", name);
      out.writeName("response");
      out.writeStartObject();
      out.writeStringProperty(failed ? "error" : "output", text);
      out.writeEndObject();
      if (!media.isEmpty()) {
        writeAll(out, media.stream().<Part>map(Attachment::new).toList());
      }
      out.writeEndObject();
      out.writeEndObject();
    }
  }

  /** Writes the field {@code parts}. */
  static void writeAll(JsonGenerator out, List<Part> parts) {
    out.writeName("parts");
    out.writeStartArray();
    parts.forEach(part -> part.write(out));
    out.writeEndArray();
  }

  private static void writeId(JsonGenerator out, String id) {
    if (!id.isEmpty()) {
      out.writeStringProperty("id", id);
    }
  }

  private static void writeSignature(JsonGenerator out, @Nullable String signature) {
    if (signature != null) {
      out.writeStringProperty("thoughtSignature", signature);
    }
  }
}
