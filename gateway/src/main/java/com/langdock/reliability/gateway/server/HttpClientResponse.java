package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A response that goes out as HTTP. */
final class HttpClientResponse extends ClientResponse {
  /** Announced to clients; a little less, so that they do not send while the connection closes. */
  static final String KEEP_ALIVE = "connection: keep-alive\r\nkeep-alive: timeout=115\r\n";

  /** Responses without a body and its length (RFC 9110, 8.6). */
  private static final int NO_CONTENT = 204;

  private static final int NOT_MODIFIED = 304;

  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The hexadecimal length of a chunk and two line ends. */
  private static final int BESIDE_CHUNK = 12;

  /** Room for the status and how the connection goes on. */
  private static final int BESIDE_HEADERS = 128;

  private final ClientConnection connection;
  private final boolean isHeadOnly;
  private final boolean isChunked;
  private final StringBuilder headers = new StringBuilder(256);

  /**
   * A response that has not begun.
   *
   * @param isHeadOnly whether the request was a HEAD, which is answered without a body
   * @param isChunked whether the client supports chunks; otherwise the end of the connection ends
   *     the body
   */
  HttpClientResponse(ClientConnection connection, boolean isHeadOnly, boolean isChunked) {
    this.connection = connection;
    this.isHeadOnly = isHeadOnly;
    this.isChunked = isChunked;
  }

  @Override
  public ClientResponse header(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " has line ends");
    }
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  @Override
  public ClientResponse closeAfter() {
    connection.endWithResponse();
    return this;
  }

  @Override
  public @Nullable InetAddress remoteAddress() {
    return connection.peer().address();
  }

  @Override
  public boolean isOpen() {
    return !isEnded() && connection.isOpen();
  }

  @Override
  public void send(int status, int length, Consumer<Output> body) {
    if (isEnded()) {
      return;
    }
    boolean hasNoBody = status == NO_CONTENT || status == NOT_MODIFIED;
    if (!hasNoBody) {
      headers.append("content-length: ").append(length).append("\r\n");
    }
    boolean isSent = !isHeadOnly && !hasNoBody;
    ByteBuf response = head(status, isSent ? length : 0);
    if (isSent) {
      body.accept(response::writeBytes);
    }
    markBegun();
    markEnded();
    connection.last(response);
  }

  @Override
  public void begin(int status) {
    if (isChunked) {
      headers.append("transfer-encoding: chunked\r\n");
    } else {
      connection.endWithResponse();
    }
    markBegun();
    connection.write(head(status, 0));
  }

  @Override
  public void write(byte[] bytes) {
    if (bytes.length > 0) {
      connection.write(chunk(bytes));
    }
  }

  @Override
  public void end(byte[] bytes) {
    if (!isOpen()) {
      return;
    }
    markEnded();
    ByteBuf last = bytes.length > 0 ? chunk(bytes) : connection.buffer(LAST_CHUNK.length);
    connection.last(isChunked ? last.writeBytes(LAST_CHUNK) : last);
  }

  @Override
  public boolean isFull() {
    return !connection.isWritable();
  }

  @Override
  public void abort() {
    markEnded();
    connection.hangUp();
  }

  @Override
  public void startOver() {
    headers.setLength(0);
  }

  private ByteBuf chunk(byte[] bytes) {
    ByteBuf chunk = connection.buffer(bytes.length + BESIDE_CHUNK + LAST_CHUNK.length);
    if (!isChunked) {
      return chunk.writeBytes(bytes);
    }
    for (int shift = highestDigit(bytes.length); shift >= 0; shift -= 4) {
      chunk.writeByte(DIGITS[bytes.length >>> shift & 0xF]);
    }
    return chunk.writeBytes(LINE_END).writeBytes(bytes).writeBytes(LINE_END);
  }

  /** By how many bits the highest hexadecimal digit of {@code number} is shifted. */
  private static int highestDigit(int number) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(number) & ~3;
  }

  private ByteBuf head(int status, int roomForBody) {
    HttpResponseStatus line = HttpResponseStatus.valueOf(status);
    ByteBuf bytes = connection.buffer(headers.length() + BESIDE_HEADERS + roomForBody);
    ByteBufUtil.writeAscii(bytes, "HTTP/1.1 ");
    ByteBufUtil.writeAscii(bytes, line.codeAsText());
    bytes.writeByte(' ');
    ByteBufUtil.writeAscii(bytes, line.reasonPhrase());
    bytes.writeBytes(LINE_END);
    ByteBufUtil.writeAscii(bytes, headers);
    ByteBufUtil.writeAscii(bytes, connection.persistence());
    bytes.writeBytes(LINE_END);
    return bytes;
  }
}
