package com.langdock.reliability.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Finds the moments in the bytes of one stream, however they are cut. */
final class ChunkClock implements Handler<Buffer> {
  /** Hears of each chunk. */
  interface Listener {
    /** When it was sent, and when it came. */
    void seen(long sent, long now);
  }

  private final Listener listener;
  private long number;
  private int digits = -1;

  ChunkClock(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void handle(Buffer bytes) {
    long now = System.nanoTime();
    for (int i = 0; i < bytes.length(); i++) {
      byte octet = bytes.getByte(i);
      if (octet == StreamSource.MARK) {
        digits = 0;
        number = 0;
      } else if (digits >= 0) {
        number = number * 10 + octet - '0';
        digits++;
      }
      if (digits == StreamSource.DIGITS) {
        listener.seen(number, now);
        digits = -1;
      }
    }
  }
}
