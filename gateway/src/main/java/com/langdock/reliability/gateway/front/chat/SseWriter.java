package com.langdock.reliability.gateway.front.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Gathers server-sent events until they are taken to be sent together. */
final class SseWriter {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final int USUAL_SIZE = 512;

  /** A buffer that has grown beyond this many bytes is not kept for what follows. */
  private static final int MAX_KEPT = 64 * 1024;

  private ByteArrayOutputStream gathered = new ByteArrayOutputStream(USUAL_SIZE);

  /** An event. Line breaks in JSON can stand between its values only, so they become spaces. */
  void data(byte[] json) {
    gathered.writeBytes(DATA);
    int from = 0;
    for (int at = 0; at < json.length; at++) {
      if (json[at] == '\n' || json[at] == '\r') {
        gathered.write(json, from, at - from);
        gathered.write(' ');
        from = at + 1;
      }
    }
    gathered.write(json, from, json.length - from);
    gathered.writeBytes(END);
  }

  /**
   * A comment, which clients skip. It ends in a single line break, so that it belongs to the event
   * after it: some clients take a comment with an empty line of its own for an event without data.
   */
  void comment(String words) {
    gathered.writeBytes((": " + words + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** How many bytes wait. */
  int size() {
    return gathered.size();
  }

  /** What was gathered since the last time. */
  byte[] drain() {
    byte[] bytes = gathered.toByteArray();
    if (bytes.length > MAX_KEPT) {
      discard();
    } else {
      gathered.reset();
    }
    return bytes;
  }

  /** Forgets what was gathered. */
  void discard() {
    gathered = new ByteArrayOutputStream(USUAL_SIZE);
  }
}
