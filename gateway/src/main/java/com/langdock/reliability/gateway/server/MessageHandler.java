package com.langdock.reliability.gateway.server;

/**
 * Answers the messages of one WebSocket, each as a request of its own, on the event loop of the
 * connection.
 */
public interface MessageHandler {
  /** Why a message is no request. */
  enum Problem {
    /** Too many messages wait for their turn. */
    TOO_MANY,
    /** The connection is too old for another request. */
    TOO_OLD,
    /** The gateway is stopping. */
    STOPPING
  }

  /**
   * What a WebSocket may take.
   *
   * @param maxMessage bytes of a message
   * @param maxAgeNanos after which it begins no other request
   * @param idleNanos how long it may be without a request
   */
  record Terms(long maxMessage, long maxAgeNanos, long idleNanos) {}

  /** Handles a message, whose bytes follow; they are discarded unless asked for in this call. */
  void handle(ClientRequest request);

  /** Answers a message that is no request. */
  void refuse(ClientRequest request, Problem problem);

  /** Whether the gateway is stopping, so that the connection closes after the running request. */
  boolean isStopping();

  /**
   * The connection is closed: no request follows, and all responses have ended.
   *
   * @param reason why, in a word: {@code client}, {@code lost}, or the gateway's own
   */
  void closed(String reason);
}
