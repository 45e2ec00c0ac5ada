package com.langdock.reliability.core.session;

/** Hears what one session does, in order, on the session's own thread. */
@FunctionalInterface
public interface SessionListener {
  /**
   * Something happened at {@code now}, in monotonic nanoseconds. It must neither block nor throw.
   */
  void on(SessionEvent event, long now);
}
