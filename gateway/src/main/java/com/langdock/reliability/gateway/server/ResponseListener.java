package com.langdock.reliability.gateway.server;

/** Notified, on the connection's event loop, of events that end a response early. */
public interface ResponseListener {
  /** The client closed the connection. */
  void clientLeft();

  /** The gateway stops: the response must end now. */
  void stopped();

  /** Some requests may not go on any more: ends the response if its request is one of them. */
  default void review() {}

  /** An exception was thrown while serving the connection. */
  void crashed(Throwable bug);
}
