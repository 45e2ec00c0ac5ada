package com.langdock.reliability.gateway.server;

/** Why the gateway closes a WebSocket (RFC 6455, 7.4.1). */
enum CloseCode {
  GOING_AWAY(1001, "The gateway is stopping; connect again."),
  IDLE(1001, "No request for too long."),
  TOO_OLD(1001, "The connection has reached its age limit; connect again."),
  PROTOCOL(1002, "Not a valid WebSocket frame."),
  BINARY(1003, "Binary messages are not supported."),
  NOT_TEXT(1007, "A text message must be UTF-8."),
  POLICY(1008, "Refused."),
  TOO_SLOW(1008, "The message arrived too slowly."),
  TOO_LARGE(1009, "The message is too large."),
  FAILED(1011, "The gateway failed.");

  private final int number;
  private final String reason;

  CloseCode(int number, String reason) {
    this.number = number;
    this.reason = reason;
  }

  /** The number on the wire. */
  int number() {
    return number;
  }

  /** What happened, for people; ASCII of at most 123 bytes. */
  String reason() {
    return reason;
  }
}
