package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A part of a message's content.
 *
 * @param type also the name of the field that has the content
 * @param json the content
 * @param cacheControl the prompt cache breakpoint after the part, as JSON; null if none
 */
record ChatPart(String type, String json, @Nullable String cacheControl) {
  private static final String TEXT = "text";

  static ChatPart text(String text, @Nullable String cacheControl) {
    return new ChatPart(TEXT, JsonText.quote(text), cacheControl);
  }

  /** Whether a string can be sent instead of the part. */
  boolean isPlainText() {
    return type.equals(TEXT) && cacheControl == null;
  }

  ChatPart marked(String mark) {
    return new ChatPart(type, json, mark);
  }

  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("type", type);
    out.writeName(type);
    out.writeRawValue(json);
    if (cacheControl != null) {
      out.writeName("cache_control");
      out.writeRawValue(cacheControl);
    }
    out.writeEndObject();
  }
}
