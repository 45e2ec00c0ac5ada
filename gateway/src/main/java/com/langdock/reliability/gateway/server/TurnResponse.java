package com.langdock.reliability.gateway.server;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one message of a WebSocket: each line is a message, and an empty line a ping. A
 * message has no status and no headers.
 */
final class TurnResponse extends ClientResponse {
  private static final int TOO_SLOW = 408;
  private static final int TOO_LARGE = 413;

  private final WebSocketConnection connection;
  private final SocketTurn turn;
  private @Nullable CloseCode closesWith;

  TurnResponse(WebSocketConnection connection, SocketTurn turn) {
    this.connection = connection;
    this.turn = turn;
  }

  @Override
  public ClientResponse header(String name, String value) {
    return this;
  }

  @Override
  public ClientResponse closeAfter() {
    closesWith = CloseCode.POLICY;
    return this;
  }

  /** As above, saying why. */
  void closeAfter(CloseCode why) {
    closesWith = why;
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
    byte[] lines = new byte[length];
    int[] at = {0};
    body.accept((source, offset, more) -> {
      System.arraycopy(source, offset, lines, at[0], more);
      at[0] += more;
    });
    if (status == TOO_LARGE) {
      closesWith = CloseCode.TOO_LARGE;
    } else if (status == TOO_SLOW) {
      closesWith = CloseCode.TOO_SLOW;
    }
    markBegun();
    last(lines);
  }

  @Override
  public void begin(int status) {
    markBegun();
  }

  @Override
  public void write(byte[] bytes) {
    connection.write(bytes);
  }

  @Override
  public void end(byte[] bytes) {
    if (isOpen()) {
      last(bytes);
    }
  }

  private void last(byte[] lines) {
    markEnded();
    connection.last(turn, lines, closesWith);
  }

  @Override
  public boolean isFull() {
    return !connection.isWritable();
  }

  @Override
  public void abort() {
    markEnded();
    connection.close(CloseCode.FAILED);
  }

  @Override
  public void startOver() {
    closesWith = null;
  }
}
