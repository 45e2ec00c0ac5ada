package com.langdock.reliability.gateway.server;

/** Told, on the event loop of the connection, what ends a response before its own end. */
public interface ResponseListener {
  /** The client closed the connection. */
  void clientLeft();

  /** The gateway stops: the response must end now. */
  void stopped();

  /** Something was thrown while the connection was served. */
  void crashed(Throwable bug);
}
