package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the client's stream has gathered to the client, from the first content on.
 *
 * <p>Events that arrive together leave together: writing waits until the event loop has read what
 * there is. While the client takes less than it is given, the attempt reads nothing more. When
 * nothing was written for a while, a comment tells the client, and whatever stands between, that
 * the stream lives.
 */
final class StreamOutput {
  private final EventLoop loop;
  private final ClientStream stream;
  private final StreamDelivery delivery;
  private final long keepAliveNanos;
  private final LoopTimer keepAlive;
  private final Runnable turnEnd;
  private @Nullable AttemptHandle source;
  private boolean committed;
  private boolean soon;
  private boolean over;
  private long lastWrite;

  StreamOutput(EventLoop loop, ClientStream stream, StreamDelivery delivery, long keepAliveNanos) {
    this.loop = loop;
    this.stream = stream;
    this.delivery = delivery;
    this.keepAliveNanos = keepAliveNanos;
    this.keepAlive = loop.timer();
    this.turnEnd = loop.guarded(this::writeGathered);
    this.lastWrite = loop.ticker().nanos();
    keepAlive.set(keepAliveNanos, this::keepAlive);
  }

  /** From now on the client is given what the stream gathers. */
  void commit() {
    committed = true;
  }

  /** Whether the client is given what the stream gathers. */
  boolean isCommitted() {
    return committed;
  }

  /**
   * Writes once the reads of this turn are done.
   *
   * @param reading what is paused while the client takes less than it is given; null when the
   *     attempt has ended
   */
  void flushSoon(@Nullable AttemptHandle reading) {
    if (soon || over || !committed || stream.waiting() == 0) {
      return;
    }
    soon = true;
    source = reading;
    loop.executeGuarded(turnEnd);
  }

  private void writeGathered() {
    AttemptHandle reading = source;
    soon = false;
    source = null;
    flush();
    if (reading != null && !over && delivery.isFull()) {
      reading.pause();
      delivery.whenDrained(reading::resume);
    }
  }

  /** Writes what there is. */
  void flush() {
    if (!over && committed && stream.waiting() > 0) {
      write(stream.take());
    }
  }

  /** Writes a comment, and with the first one the head. */
  void comment() {
    if (!over) {
      write(stream.keepAlive());
    }
  }

  /** Writes no more comments: the request ends. */
  void stop() {
    keepAlive.cancel();
  }

  /** Writes what there is and the end. */
  void end() {
    over = true;
    stream.end();
    delivery.end(stream.take());
  }

  /** Should the write throw, nothing is written after it: there would be a gap. */
  private void write(byte[] events) {
    lastWrite = loop.ticker().nanos();
    over = true;
    delivery.write(events);
    over = false;
  }

  /** One timer for the whole stream: it looks when it fires, and is not set anew by each write. */
  private void keepAlive() {
    long left = keepAliveNanos - (loop.ticker().nanos() - lastWrite);
    if (left <= 0 && !delivery.isFull()) {
      comment();
    }
    keepAlive.set(left > 0 ? left : keepAliveNanos, this::keepAlive);
  }
}
