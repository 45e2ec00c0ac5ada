package com.langdock.reliability.mock.reply;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;

/** One thing to do while answering. */
public sealed interface Step {
  /** Does nothing for a while. */
  record Wait(Duration length) implements Step {}

  /** A whole answer in one go, with its Content-Length. */
  record Whole(int status, Map<String, String> headers, Buffer body) implements Step {}

  /**
   * The beginning of an answer that comes in parts; it is sent with the first of them.
   *
   * @param length the Content-Length promised, or -1 for a chunked body
   */
  record Head(int status, Map<String, String> headers, int length) implements Step {}

  /** A part of the body. */
  record Part(Buffer bytes) implements Step {}

  /** The proper end of the body. */
  record End() implements Step {}

  /** Closes the connection by FIN, whatever is unfinished. */
  record Close() implements Step {}

  /** Resets the connection (RST). */
  record Reset() implements Step {}

  /** Says nothing more; the connection stays open until somebody else closes it. */
  record Silence() implements Step {}
}
