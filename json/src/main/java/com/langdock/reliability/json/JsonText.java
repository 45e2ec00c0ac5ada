package com.langdock.reliability.json;

import java.io.StringWriter;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes strings as JSON literals. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Unpaired surrogates. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private JsonText() {}

  /**
   * {@code text} as a JSON literal with quotes and escapes. An unpaired surrogate, which UTF-8
   * cannot encode, becomes U+FFFD.
   */
  public static String quote(String text) {
    return isPlain(text) ? '"' + text + '"' : escaped(text);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String escaped(String text) {
    StringWriter literal = new StringWriter(text.length() + 2);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), literal)) {
      json.writeString(wellFormed(text));
    }
    return literal.toString();
  }

  private static String wellFormed(String text) {
    boolean any = text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
    return any ? LONE_SURROGATE.matcher(text).replaceAll("\uFFFD") : text;
  }
}
