package com.langdock.reliability.gateway.front;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Buffers server-sent events until they are drained. */
public final class SseWriter {
  private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINE = "\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final int USUAL_SIZE = 512;

  /** A buffer larger than this, in bytes, is not reused. */
  private static final int MAX_KEPT = 64 * 1024;

  private ByteArrayOutputStream buffer = new ByteArrayOutputStream(USUAL_SIZE);

  /**
   * Adds a named event.
   *
   * @param name one line
   */
  public void event(String name, byte[] json) {
    buffer.writeBytes(EVENT);
    buffer.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    buffer.writeBytes(LINE);
    data(json);
  }

  /** Adds an event. Line breaks in JSON can only be between values, so they become spaces. */
  public void data(byte[] json) {
    buffer.writeBytes(DATA);
    int from = 0;
    for (int at = 0; at < json.length; at++) {
      if (json[at] == '\n' || json[at] == '\r') {
        buffer.write(json, from, at - from);
        buffer.write(' ');
        from = at + 1;
      }
    }
    buffer.write(json, from, json.length - from);
    buffer.writeBytes(END);
  }

  /**
   * Adds a comment, which clients ignore. It ends in a single line break, so that it belongs to the
   * next event: some clients read a comment with its own empty line as an event without data.
   */
  public void comment(String text) {
    buffer.writeBytes((": " + text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The number of buffered bytes. */
  public int size() {
    return buffer.size();
  }

  /** Removes and returns the buffered events. */
  public byte[] drain() {
    byte[] bytes = buffer.toByteArray();
    if (bytes.length > MAX_KEPT) {
      discard();
    } else {
      buffer.reset();
    }
    return bytes;
  }

  /** Discards the buffered events. */
  public void discard() {
    buffer = new ByteArrayOutputStream(USUAL_SIZE);
  }
}
