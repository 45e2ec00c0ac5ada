package com.langdock.reliability.gateway.api;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all requests in flight may take together; thread-safe. */
public final class BodyMemory {
  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /** A memory of {@code capacity} bytes. */
  public BodyMemory(long capacity) {
    this.capacity = capacity;
  }

  /** Takes {@code bytes}, or nothing when they do not fit. */
  boolean tryTake(long bytes) {
    if (taken.addAndGet(bytes) <= capacity) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives {@code bytes} back. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Bytes taken now. */
  long taken() {
    return taken.get();
  }
}
