package com.langdock.reliability.mock.reply;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/** One step of a reply. */
public sealed interface Step {
  /** Waits. */
  record Wait(Duration length) implements Step {}

  /** A whole answer at once, with its Content-Length. */
  record Whole(int status, Map<String, String> headers, Buffer body) implements Step {}

  /**
   * The head of an answer in parts; it is sent with the first of them, or before.
   *
   * @param length the Content-Length promised, or -1 for a chunked body
   */
  record Head(int status, Map<String, String> headers, int length) implements Step {}

  /** Sends the head before any part. */
  record SendHead() implements Step {}

  /** A part of the body. */
  record Part(Buffer bytes) implements Step {}

  /** The proper end of the body. */
  record End() implements Step {}

  /** Closes the connection by FIN, even inside an answer. */
  record Close() implements Step {}

  /** Resets the connection (RST). */
  record Reset() implements Step {}

  /** Stops sending; the connection stays open until the client closes it. */
  record Silence() implements Step {}
}
