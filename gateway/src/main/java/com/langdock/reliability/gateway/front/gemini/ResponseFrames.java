package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.front.SseWriter;
import java.io.ByteArrayOutputStream;

/** Buffers the responses of a stream, as events or as the elements of a JSON array. */
sealed interface ResponseFrames {
  /** Adds a response. */
  void add(byte[] json);

  /** Ends the stream. */
  void end();

  /** Discards the buffered bytes, of which none was sent. */
  void startOver();

  /** The number of buffered bytes. */
  int size();

  /** Removes and returns the buffered bytes. */
  byte[] drain();

  /** The content type of the stream. */
  String contentType();

  /** Server-sent events. */
  final class Events implements ResponseFrames {
    private final SseWriter events = new SseWriter();

    @Override
    public void add(byte[] json) {
      events.data(json);
    }

    @Override
    public void end() {}

    @Override
    public void startOver() {
      events.discard();
    }

    @Override
    public int size() {
      return events.size();
    }

    @Override
    public byte[] drain() {
      return events.drain();
    }

    @Override
    public String contentType() {
      return "text/event-stream; charset=utf-8";
    }
  }

  /** An array, which ends with the stream. */
  final class Elements implements ResponseFrames {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isBegun;

    @Override
    public void add(byte[] json) {
      bytes.writeBytes((isBegun ? ",\n" : "[").getBytes(UTF_8));
      bytes.writeBytes(json);
      isBegun = true;
    }

    @Override
    public void end() {
      bytes.writeBytes((isBegun ? "]" : "[]").getBytes(UTF_8));
      isBegun = true;
    }

    @Override
    public void startOver() {
      bytes.reset();
      isBegun = false;
    }

    @Override
    public int size() {
      return bytes.size();
    }

    @Override
    public byte[] drain() {
      byte[] drained = bytes.toByteArray();
      bytes.reset();
      return drained;
    }

    @Override
    public String contentType() {
      return "application/json";
    }
  }
}
