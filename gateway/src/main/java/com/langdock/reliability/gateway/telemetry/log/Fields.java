package com.langdock.reliability.gateway.telemetry.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** The fields of an event, for both formats: their order, and how to quote them. */
final class Fields {
  /** The event of a line that gives none, as those of libraries do. */
  private static final String NO_EVENT = "log";

  private static final String EVENT = "event";
  private static final String REQUEST_ID = "request_id";
  private static final HexFormat HEX = HexFormat.of();

  private Fields() {}

  /** The name of the event. */
  static String eventName(ILoggingEvent event) {
    Object name = value(event, EVENT);
    return name == null ? NO_EVENT : name.toString();
  }

  /** Whether the line has an event; lines of libraries have none. */
  static boolean isNamed(ILoggingEvent event) {
    return value(event, EVENT) != null;
  }

  /** The request it happened to, null when it happened to none. */
  static @Nullable Object requestId(ILoggingEvent event) {
    return value(event, REQUEST_ID);
  }

  /** Passes on the other fields that have a value, in the order given. */
  static void forEachOther(ILoggingEvent event, BiConsumer<String, Object> then) {
    for (KeyValuePair field : all(event)) {
      boolean isOther = !field.key.equals(EVENT) && !field.key.equals(REQUEST_ID);
      if (isOther && field.value != null) {
        then.accept(field.key, field.value);
      }
    }
  }

  /** Appends {@code text} in quotes, escaped as in JSON. */
  static void quote(String text, StringBuilder line) {
    line.append('"');
    int plain = plainLength(text);
    line.append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> appendPlain(character, line);
      }
    }
    line.append('"');
  }

  /** How many characters at the beginning need no escape: mostly all of them. */
  private static int plainLength(String text) {
    int length = 0;
    while (length < text.length() && isPlain(text.charAt(length))) {
      length++;
    }
    return length;
  }

  private static boolean isPlain(char character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  private static void appendPlain(char character, StringBuilder line) {
    if (character < ' ') {
      line.append("\\u").append(HEX.toHexDigits(character));
    } else {
      line.append(character);
    }
  }

  private static @Nullable Object value(ILoggingEvent event, String key) {
    for (KeyValuePair field : all(event)) {
      if (field.key.equals(key)) {
        return field.value;
      }
    }
    return null;
  }

  private static List<KeyValuePair> all(ILoggingEvent event) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    return fields == null ? List.of() : fields;
  }
}
