package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Reads whole streams of events by the letter of the WHATWG's text; slow, and plain to see. */
final class NaiveSse {
  private NaiveSse() {}

  /** The data of each event that has any, one character for one byte. */
  static List<String> events(byte[] stream) {
    String text = new String(stream, ISO_8859_1);
    if (text.startsWith("\u00EF\u00BB\u00BF")) {
      text = text.substring(3);
    }
    List<String> events = new ArrayList<>();
    List<String> data = new ArrayList<>();
    for (String line : (text + "\n\n").split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        String joined = String.join("\n", data);
        if (!joined.isEmpty()) {
          events.add(joined);
        }
        data.clear();
      } else if (line.equals("data")) {
        data.add("");
      } else if (line.startsWith("data:")) {
        String value = line.substring("data:".length());
        data.add(value.startsWith(" ") ? value.substring(1) : value);
      }
    }
    return events;
  }
}
