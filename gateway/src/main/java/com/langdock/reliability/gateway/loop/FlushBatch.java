package com.langdock.reliability.gateway.loop;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Flushes the sockets of one event loop together at the end of its turn.
 *
 * <p>A write to a sleeping peer has to wake it, which can cost as much as the write itself. Between
 * two writes of a turn there are some ten microseconds of computation, in which a fast peer falls
 * asleep again; writes in direct succession wake it once. Not thread-safe: used on its own event
 * loop only.
 */
public final class FlushBatch {
  /** Flush early once this many sockets are waiting, so that a long turn does not delay them. */
  static final int MOST_WAITING = 16;

  private final Queue<BatchedFlushHandler> waiting = new ArrayDeque<>(MOST_WAITING);

  /** Delays writes to {@code channel} to the end of the turn from now on. */
  public void gather(Channel channel) {
    channel.pipeline().addFirst(new BatchedFlushHandler(this));
  }

  /** Flushes {@code socket} when the turn of {@code loop} ends, or before if many wait. */
  void add(BatchedFlushHandler socket, EventExecutor loop) {
    if (waiting.isEmpty()) {
      loop.execute(this::flush);
    }
    waiting.add(socket);
    if (waiting.size() >= MOST_WAITING) {
      flush();
    }
  }

  private void flush() {
    for (BatchedFlushHandler next = waiting.poll(); next != null; next = waiting.poll()) {
      next.flushNow();
    }
  }
}
