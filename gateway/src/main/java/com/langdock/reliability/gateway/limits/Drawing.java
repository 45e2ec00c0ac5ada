package com.langdock.reliability.gateway.limits;

/** Draws what is missing of rates and slots that replicas share. Thread-safe. */
public interface Drawing {
  /**
   * Runs {@code then}, on any thread, when what is missing by now has been asked for, answered or
   * not; never, where too many wait.
   */
  void whenDrawn(Runnable then);
}
