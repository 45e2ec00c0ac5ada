package com.langdock.reliability.gateway.server;

/** A client's connection, as the set of all connections of an event loop sees it. */
interface OpenConnection {
  /** Accepts no further request. */
  void drain();

  /** Ends the current responses and the connection now. */
  void stop();

  /** Ends the current responses whose requests may not go on. */
  void review();

  /** Does what is due at {@code now}: closes an idle connection, refuses what comes too slowly. */
  void look(long now);

  /** Whether it is open without a current request. */
  boolean isIdle();

  /** Whether it has ever received a request. */
  boolean hasAsked();

  /** Nanoseconds since the last read or write. */
  long silence();

  /** Closes it at once. */
  void hangUp();
}
