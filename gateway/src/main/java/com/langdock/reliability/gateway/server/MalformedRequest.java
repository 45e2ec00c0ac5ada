package com.langdock.reliability.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Why a request is rejected for its HTTP alone. */
public enum MalformedRequest {
  /** Its first line is too long. */
  LONG_LINE,

  /** Its headers are too large. */
  LARGE_HEADERS,

  /** It is not HTTP. */
  NOT_HTTP,

  /** It is not HTTP/1.0 or HTTP/1.1. */
  OTHER_VERSION,

  /** It has no Host header, or several (RFC 9112, 3.2). */
  NOT_ONE_HOST;

  /** The reason for the decoder's {@code problem}. */
  static MalformedRequest of(@Nullable Throwable problem) {
    if (problem instanceof TooLongHttpLineException) {
      return LONG_LINE;
    }
    return problem instanceof TooLongHttpHeaderException ? LARGE_HEADERS : NOT_HTTP;
  }

  /** The problem of a decoded head, null if there is none. */
  static @Nullable MalformedRequest in(HttpRequest head) {
    HttpVersion version = head.protocolVersion();
    if (version.majorVersion() != 1) {
      return OTHER_VERSION;
    }
    Iterator<? extends CharSequence> hosts =
        head.headers().valueCharSequenceIterator(HttpHeaderNames.HOST);
    if (!hosts.hasNext()) {
      return version.minorVersion() == 0 ? null : NOT_ONE_HOST;
    }
    hosts.next();
    return hosts.hasNext() ? NOT_ONE_HOST : null;
  }
}
