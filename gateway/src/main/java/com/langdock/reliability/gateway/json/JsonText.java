package com.langdock.reliability.gateway.json;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes strings as JSON literals. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** {@code text} in quotes, with what must be escaped escaped. */
  public static String quote(String text) {
    StringWriter literal = new StringWriter(text.length() + 2);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), literal)) {
      json.writeString(text);
    }
    return literal.toString();
  }
}
