package com.langdock.reliability.gateway.server;

import io.netty.handler.codec.http.HttpRequest;

/** Where the body of a request comes from. */
interface RequestSource {
  /** Who is at the other end. */
  Peer peer();

  /** Directs the body of the request with {@code head} to {@code taker}. */
  void read(RequestBody taker, HttpRequest head);

  /**
   * Makes the connection a WebSocket, which {@code head} asked for validly.
   *
   * @param headers of the response, each with its line end
   * @param messages answers its messages
   */
  void upgrade(
      HttpRequest head, String headers, MessageHandler messages, MessageHandler.Terms terms);
}
