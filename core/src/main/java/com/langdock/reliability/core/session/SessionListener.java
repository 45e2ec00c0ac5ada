package com.langdock.reliability.core.session;

/** Receives the events of one session, in order, on the session's thread. */
@FunctionalInterface
public interface SessionListener {
  /**
   * Called for each event, with the moment in monotonic nanoseconds. Must neither block nor throw.
   */
  void on(SessionEvent event, long now);
}
