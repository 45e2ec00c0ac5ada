package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A client's request to make its connection a WebSocket (RFC 6455, 4.2). */
final class WebSocketHandshake {
  /** The only version of the protocol. */
  static final String VERSION = "13";

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private WebSocketHandshake() {}

  /** Whether {@code head} asks for a WebSocket, validly or not. */
  static boolean isIn(HttpRequest head) {
    return head.method().equals(HttpMethod.GET)
        && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** Whether it is of the version that is spoken here. */
  static boolean isOfKnownVersion(HttpRequest head) {
    return VERSION.equals(head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
  }

  /** Whether it can be accepted, if it is of the known version. */
  static boolean isValid(HttpRequest head) {
    HttpHeaders headers = head.headers();
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY).size() == 1
        && isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))
        && !HttpUtil.isTransferEncodingChunked(head)
        && HttpUtil.getContentLength(head, 0L) == 0;
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** The response that accepts a valid one. */
  static ByteBuf accept(HttpRequest head, String headers, ByteBufAllocator buffers) {
    String key = head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY).strip();
    String response =
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "sec-websocket-accept: "
            + answer(key)
            + "\r\n"
            + headers
            + "\r\n";
    return buffers.directBuffer().writeBytes(response.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String answer(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
