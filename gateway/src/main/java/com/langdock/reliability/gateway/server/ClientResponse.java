package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The response to one request: complete, or in pieces. */
public final class ClientResponse {
  /** Responses without a body and its length (RFC 9110, 8.6). */
  private static final int NO_CONTENT = 204;

  private static final int NOT_MODIFIED = 304;

  /** Receives a body in parts. */
  public interface Output {
    /** Adds {@code length} bytes of {@code source} from {@code offset} on. */
    void write(byte[] source, int offset, int length);
  }

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

  private @Nullable Runnable whenDrained;
  private @Nullable ResponseListener listener;
  private boolean begun;
  private boolean ended;

  /**
   * A response that has not begun.
   *
   * @param isHeadOnly whether the request was a HEAD, which is answered without a body
   * @param isChunked whether the client supports chunks; otherwise the end of the connection ends
   *     the body
   */
  ClientResponse(ClientConnection connection, boolean isHeadOnly, boolean isChunked) {
    this.connection = connection;
    this.isHeadOnly = isHeadOnly;
    this.isChunked = isChunked;
  }

  /**
   * Puts a header.
   *
   * @throws IllegalArgumentException if {@code value} contains a line break
   */
  public ClientResponse header(String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("the value of " + name + " has line ends");
    }
    headers.append(name).append(": ").append(value).append("\r\n");
    return this;
  }

  /** Closes the connection after this response, which must not have begun. */
  public ClientResponse closeAfter() {
    connection.endWithResponse();
    return this;
  }

  /** The client's address; null once it has left. */
  public @Nullable InetAddress remoteAddress() {
    return connection.remoteAddress();
  }

  /** Whether the response can still be sent. */
  public boolean isOpen() {
    return !ended && connection.isOpen();
  }

  /** Sends the complete response, unless it has ended. */
  public void send(int status, byte[] body) {
    send(status, body.length, out -> out.write(body, 0, body.length));
  }

  /**
   * As above, without an array for the body.
   *
   * @param length of the body
   * @param body writes it, if it is sent
   */
  public void send(int status, int length, Consumer<Output> body) {
    if (ended) {
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
    begun = true;
    ended = true;
    connection.last(response);
  }

  /** Begins with a status and the headers, which are sent with the first bytes. Not for a HEAD. */
  public void begin(int status) {
    if (isChunked) {
      headers.append("transfer-encoding: chunked\r\n");
    } else {
      connection.endWithResponse();
    }
    begun = true;
    connection.write(head(status, 0));
  }

  /** Sends the next bytes of a response that has begun. */
  public void write(byte[] bytes) {
    if (bytes.length > 0) {
      connection.write(chunk(bytes));
    }
  }

  /** Sends the last bytes of a response that has begun and not ended. */
  public void end(byte[] bytes) {
    if (!isOpen()) {
      return;
    }
    ended = true;
    ByteBuf last = bytes.length > 0 ? chunk(bytes) : connection.buffer(LAST_CHUNK.length);
    connection.last(isChunked ? last.writeBytes(LAST_CHUNK) : last);
  }

  /** Whether the client reads more slowly than it is sent data. */
  public boolean isFull() {
    return !connection.isWritable();
  }

  /** Runs {@code action} once, when it is no longer full. */
  public void whenDrained(Runnable action) {
    whenDrained = action;
  }

  /** Notifies {@code whoAnswers} of events that end the response early. */
  public void listener(ResponseListener whoAnswers) {
    listener = whoAnswers;
  }

  /** Closes the connection: the response cannot be ended otherwise. */
  public void abort() {
    ended = true;
    connection.hangUp();
  }

  /** Clears the headers of a response that will not be sent. */
  public void startOver() {
    headers.setLength(0);
  }

  /** Whether a head has been sent. */
  public boolean isBegun() {
    return begun;
  }

  void drained() {
    Runnable action = whenDrained;
    whenDrained = null;
    if (action != null) {
      action.run();
    }
  }

  /** Notifies the listener; false if there is none. */
  boolean crashed(Throwable thrown) {
    if (listener == null) {
      return false;
    }
    listener.crashed(thrown);
    return true;
  }

  void closed() {
    if (!ended && listener != null) {
      listener.clientLeft();
    }
  }

  /** Asks the listener to end the response now; false if there is none. */
  boolean stopped() {
    if (ended || listener == null) {
      return false;
    }
    listener.stopped();
    return true;
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
