package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** One message of a WebSocket as a request: its bytes, and who takes them. */
final class SocketTurn implements RequestSource {
  private final WebSocketConnection connection;
  private final ReceivedBody received;
  private final long length;
  private final TurnResponse response;
  private final ClientRequest request;
  private @Nullable RequestBody taker;

  /**
   * A message that begins.
   *
   * @param head of the request that it is
   * @param length of the message; -1 if that is not known
   */
  SocketTurn(WebSocketConnection connection, HttpRequest head, ReceivedBody received, long length) {
    this.connection = connection;
    this.received = received;
    this.length = length;
    this.response = new TurnResponse(connection, this);
    this.request = new ClientRequest(head, this, response);
  }

  ClientRequest request() {
    return request;
  }

  TurnResponse response() {
    return response;
  }

  /** Takes the next bytes of the message, which stay the caller's. */
  void receive(ByteBuf bytes) {
    RequestBody reader = taker;
    if (reader == null) {
      return;
    }
    if (reader.accept(bytes.readableBytes())) {
      received.add(bytes, () -> Math.max(length, 0), reader);
    } else {
      received.release();
    }
  }

  /** The message is complete and its turn has come. */
  void run() {
    if (taker != null) {
      taker.end(received.take());
    }
  }

  /** The message arrives too slowly; false if nobody takes it. */
  boolean tooSlow() {
    RequestBody reader = taker;
    if (reader == null || response.isEnded()) {
      return false;
    }
    reader.tooSlow();
    return true;
  }

  /** The client has left. */
  void closed() {
    try {
      response.closed();
    } finally {
      release();
    }
  }

  /** Gives back what the message holds. */
  void release() {
    RequestBody released = taker;
    taker = null;
    received.release();
    if (released != null) {
      released.released();
    }
  }

  @Override
  public Peer peer() {
    return connection.peer();
  }

  @Override
  public void read(RequestBody reader, HttpRequest head) {
    taker = reader;
  }

  @Override
  public void upgrade(
      HttpRequest head, String headers, MessageHandler messages, MessageHandler.Terms terms) {
    throw new IllegalStateException("a message is no handshake");
  }
}
