package com.langdock.reliability.gateway.api.connection;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a request that the HTTP decoder refused. */
public enum BadHead {
  /** Its first line is too long. */
  LONG_LINE,

  /** Its headers are too large. */
  LARGE_HEADERS,

  /** It is not HTTP. */
  NOT_HTTP;

  /** What the decoder's {@code problem} means. */
  static BadHead of(@Nullable Throwable problem) {
    if (problem instanceof TooLongHttpLineException) {
      return LONG_LINE;
    }
    return problem instanceof TooLongHttpHeaderException ? LARGE_HEADERS : NOT_HTTP;
  }
}
