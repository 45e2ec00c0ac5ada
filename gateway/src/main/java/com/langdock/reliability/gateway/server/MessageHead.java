package com.langdock.reliability.gateway.server;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * The head of the request that a message of a WebSocket is: a POST of JSON to the path of the
 * handshake, with the headers of the handshake that say something of the client.
 */
final class MessageHead {
  /** Headers that are of the handshake itself. */
  private static final List<CharSequence> OF_HANDSHAKE =
      List.of(
          HttpHeaderNames.CONNECTION,
          HttpHeaderNames.CONTENT_ENCODING,
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.EXPECT,
          HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS,
          HttpHeaderNames.SEC_WEBSOCKET_KEY,
          HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL,
          HttpHeaderNames.SEC_WEBSOCKET_VERSION,
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE);

  private final String uri;
  private final HttpHeaders headers;

  private MessageHead(String uri, HttpHeaders headers) {
    this.uri = uri;
    this.headers = headers;
  }

  /** The head of the messages that follow {@code handshake}. */
  static MessageHead of(HttpRequest handshake) {
    HttpHeaders headers = handshake.headers().copy();
    OF_HANDSHAKE.forEach(headers::remove);
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    return new MessageHead(handshake.uri(), headers);
  }

  /** The head of a message of {@code length} bytes; -1 if that is not known. */
  HttpRequest with(long length) {
    HttpHeaders own = headers.copy();
    if (length >= 0) {
      own.set(HttpHeaderNames.CONTENT_LENGTH, length);
    }
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, uri, own);
  }
}
