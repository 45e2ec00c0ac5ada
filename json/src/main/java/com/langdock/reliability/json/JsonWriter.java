package com.langdock.reliability.json;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes JSON of our own.
 *
 * <p>An unpaired surrogate is not a character, but clients and models produce them, and Anthropic
 * rejects the whole request. Each one, literal or escaped, is replaced by U+FFFD.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final char REPLACEMENT = '\uFFFD';
  private static final int INITIAL_CAPACITY = 512;
  private static final int ESCAPE_LENGTH = "\\uXXXX".length();

  private JsonWriter() {}

  /** An object whose fields {@code content} writes. */
  public static byte[] object(Consumer<JsonGenerator> content) {
    String json =
        value(out -> {
          out.writeStartObject();
          content.accept(out);
          out.writeEndObject();
        });
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** The one value that {@code content} writes. */
  public static String value(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter(INITIAL_CAPACITY);
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      content.accept(out);
    }
    return wholeCharacters(text.toString());
  }

  private static String wholeCharacters(String json) {
    return mayHaveSurrogates(json) ? repaired(json) : json;
  }

  private static boolean mayHaveSurrogates(String json) {
    for (int at = 0; at < json.length(); at++) {
      if (Character.isSurrogate(json.charAt(at))) {
        return true;
      }
    }
    return json.contains("\\u");
  }

  private static String repaired(String json) {
    StringBuilder repaired = new StringBuilder();
    int copied = 0;
    int at = 0;
    while (at < json.length()) {
      int length = lengthOfCharacter(json, at);
      if (length == 0) {
        repaired.append(json, copied, at).append(REPLACEMENT);
        length = json.charAt(at) == '\\' ? ESCAPE_LENGTH : 1;
        copied = at + length;
      }
      at += length;
    }
    return copied == 0 ? json : repaired.append(json, copied, json.length()).toString();
  }

  /** The length of the character, escape or pair at {@code at}; zero for half of a pair. */
  private static int lengthOfCharacter(String json, int at) {
    boolean escaped = json.charAt(at) == '\\';
    if (escaped && json.charAt(at + 1) != 'u') {
      return 2;
    }
    int length = escaped ? ESCAPE_LENGTH : 1;
    char unit = unit(json, at, escaped);
    if (!Character.isSurrogate(unit)) {
      return length;
    }
    int next = at + length;
    boolean follows =
        Character.isHighSurrogate(unit) && json.startsWith(escaped ? "\\u" : "", next);
    return follows && Character.isLowSurrogate(unit(json, next, escaped)) ? 2 * length : 0;
  }

  /** The UTF-16 unit at {@code at}. The JSON is whole, so something always follows a string. */
  private static char unit(String json, int at, boolean escaped) {
    return escaped
        ? (char) Integer.parseInt(json, at + 2, at + ESCAPE_LENGTH, 16)
        : json.charAt(at);
  }
}
