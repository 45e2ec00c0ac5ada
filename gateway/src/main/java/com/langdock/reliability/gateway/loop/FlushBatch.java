package com.langdock.reliability.gateway.loop;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Writes to the sockets of one event loop when its turn ends, one right after the other.
 *
 * <p>A write to a peer that sleeps has to wake it, which can cost as much as the rest of the write.
 * A turn computes for some ten microseconds between two writes, and a quick peer is asleep again by
 * then; when the writes follow each other, the first one wakes it for all. Not thread-safe: used on
 * its own event loop only.
 */
public final class FlushBatch {
  /** So many sockets wait at most, for a long turn must not hold up the first of them. */
  static final int MOST_WAITING = 16;

  private final Queue<BatchedFlushHandler> waiting = new ArrayDeque<>(MOST_WAITING);

  /** What is written to {@code channel} from now on leaves when a turn ends. */
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
