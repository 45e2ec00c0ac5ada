package com.langdock.reliability.gateway.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many client connections may be open at once, over all event loops. What is left of the
 * process's file descriptors is for providers, the journal and the management port. Thread-safe.
 */
public final class ConnectionLimit {
  /** Descriptors that no client connection gets: files, the journal, the management port. */
  private static final long RESERVE = 128;

  private static final int LEAST = 64;
  private static final int MOST = 65_536;

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong closed = new AtomicLong();

  /** A limit of {@code max} connections. */
  public ConnectionLimit(int max) {
    this.max = max;
  }

  /**
   * The limit for a process that may open {@code descriptors} files: half of them, less a reserve,
   * since each request may need a connection to a provider.
   */
  public static ConnectionLimit forDescriptors(long descriptors) {
    return new ConnectionLimit(Math.clamp((descriptors - RESERVE) / 2, LEAST, MOST));
  }

  /** Counts a connection in, if there is room for it. */
  boolean tryAcquire() {
    if (open.incrementAndGet() <= max) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /**
   * Counts a connection in, in place of one that has just been closed for it; another event loop
   * may have taken that one's place, so the limit is exceeded by one for each loop at most.
   */
  void acquire() {
    open.incrementAndGet();
  }

  /** A connection that was counted in has been closed. */
  void release() {
    open.decrementAndGet();
  }

  /** {@code connections} were closed, or not taken, for want of room. */
  void closed(int connections) {
    closed.addAndGet(connections);
  }

  /** Connections open now. */
  public int open() {
    return open.get();
  }

  /** Connections that may be open. */
  public int max() {
    return max;
  }

  /** How many connections were closed, or not taken, for want of room. */
  public long closedForRoom() {
    return closed.get();
  }
}
