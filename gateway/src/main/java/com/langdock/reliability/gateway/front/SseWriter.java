package com.langdock.reliability.gateway.front;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Buffers server-sent events until they are drained. */
public final class SseWriter {
  private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINE = "\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private int size;

  /**
   * Adds a named event.
   *
   * @param name one line
   */
  public void event(String name, byte[] json) {
    byte[] line = name.getBytes(StandardCharsets.UTF_8);
    reserve(EVENT.length + line.length + LINE.length + sizeOfData(json));
    add(EVENT);
    add(line);
    add(LINE);
    data(json);
  }

  /** Adds an event. Line breaks in JSON can only be between values, so they become spaces. */
  public void data(byte[] json) {
    reserve(sizeOfData(json));
    add(DATA);
    int from = size;
    add(json);
    for (int at = from; at < size; at++) {
      if (buffer[at] == '\n' || buffer[at] == '\r') {
        buffer[at] = ' ';
      }
    }
    add(END);
  }

  /**
   * Adds a comment, which clients ignore. It ends in a single line break, so that it belongs to the
   * next event: some clients read a comment with its own empty line as an event without data.
   */
  public void comment(String text) {
    byte[] line = (": " + text + "\n").getBytes(StandardCharsets.UTF_8);
    reserve(line.length);
    add(line);
  }

  /** The number of buffered bytes. */
  public int size() {
    return size;
  }

  /** Removes and returns the buffered events. */
  public byte[] drain() {
    byte[] bytes = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    discard();
    return bytes;
  }

  /** Discards the buffered events. */
  public void discard() {
    buffer = NOTHING;
    size = 0;
  }

  private static int sizeOfData(byte[] json) {
    return DATA.length + json.length + END.length;
  }

  /** An empty buffer gets the size of its event, which most often leaves alone. */
  private void reserve(int more) {
    if (size == 0) {
      buffer = new byte[more];
    } else if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, 2 * size));
    }
  }

  private void add(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }
}
