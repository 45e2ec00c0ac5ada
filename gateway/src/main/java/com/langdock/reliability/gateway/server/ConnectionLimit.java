package com.langdock.reliability.gateway.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the open client connections over all event loops. The other file descriptors of the
 * process are for providers, the journal and the management port. Thread-safe.
 */
public final class ConnectionLimit {
  /** Descriptors reserved for files, the journal and the management port. */
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

  /** Counts a new connection, if there is room. */
  boolean tryAcquire() {
    if (open.incrementAndGet() <= max) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  /**
   * Counts a new connection for which another one was just closed. Another event loop may have
   * taken that place, so the limit can be exceeded by one for each loop.
   */
  void acquire() {
    open.incrementAndGet();
  }

  /** Records that a counted connection was closed. */
  void release() {
    open.decrementAndGet();
  }

  /** Records that {@code connections} were closed or refused for lack of room. */
  void closed(int connections) {
    closed.addAndGet(connections);
  }

  /** The number of open connections. */
  public int open() {
    return open.get();
  }

  /** The most connections. */
  public int max() {
    return max;
  }

  /** The number of connections closed or refused for lack of room. */
  public long closedForRoom() {
    return closed.get();
  }
}
