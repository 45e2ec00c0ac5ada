package com.langdock.reliability.gateway.engine;

/** Where a committed stream goes: a response whose head goes out with its first events. */
public interface StreamDelivery {
  /** Sends events. */
  void write(byte[] events);

  /** Whether the client takes less than it is given, so that nothing more should be written. */
  boolean isFull();

  /** Calls {@code resume} once, when there is room again. */
  void whenDrained(Runnable resume);

  /** Sends the last events: the answer is whole. */
  void end(byte[] events);
}
