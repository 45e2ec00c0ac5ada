package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.langdock.reliability.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of server-sent events as the front writes them, each with its name and data in one
 * line: one message a line. Comments have no message.
 */
final class MessageEvents {
  /** Sees the events that pass. */
  interface Listener {
    /** The event {@code name} passes. */
    void passed(String name, byte[] json);
  }

  private static final byte[] NAME = "event: ".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);

  /** What each object begins with: the brace, and the name of the lane if it has one. */
  private final byte[] beginning;

  private final Listener listener;

  /**
   * Messages.
   *
   * @param streamId that each has; null for none
   */
  MessageEvents(@Nullable String streamId, Listener listener) {
    this.beginning =
        (streamId == null ? "{" : "{\"stream_id\":" + JsonText.quote(streamId) + ",")
            .getBytes(US_ASCII);
    this.listener = listener;
  }

  /** The messages of {@code events}. */
  byte[] of(byte[] events) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(events.length);
    String name = "";
    int from = 0;
    while (from < events.length) {
      int end = from;
      while (end < events.length && events[end] != '\n') {
        end++;
      }
      if (begins(events, from, end, NAME)) {
        name = new String(events, from + NAME.length, end - from - NAME.length, US_ASCII);
      } else if (begins(events, from, end, DATA)) {
        byte[] json = Arrays.copyOfRange(events, from + DATA.length, end);
        listener.passed(name, json);
        lines.writeBytes(line(json));
      }
      from = end + 1;
    }
    return lines.toByteArray();
  }

  /** The message with the object {@code json}, and its line end. */
  byte[] line(byte[] json) {
    byte[] line = Arrays.copyOf(beginning, beginning.length + json.length);
    System.arraycopy(json, 1, line, beginning.length, json.length - 1);
    line[line.length - 1] = '\n';
    return line;
  }

  private static boolean begins(byte[] bytes, int from, int end, byte[] prefix) {
    return end - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }
}
