package com.langdock.reliability.bench;

import io.netty.buffer.ByteBuf;

/** Finds the moments in the bytes of one stream, however they are cut. */
final class ChunkClock {
  /** Hears of each chunk. */
  interface Listener {
    /** When it was sent, and when it came. */
    void seen(long sent, long now);
  }

  private final Listener listener;
  private long number;
  private int digitsLeft;

  ChunkClock(Listener listener) {
    this.listener = listener;
  }

  /** Reads all of the bytes. */
  void read(ByteBuf bytes) {
    long now = System.nanoTime();
    while (bytes.isReadable()) {
      if (digitsLeft == 0 && !skipToMoment(bytes)) {
        return;
      }
      while (digitsLeft > 0 && bytes.isReadable()) {
        number = number * 10 + bytes.readByte() - '0';
        digitsLeft--;
      }
      if (digitsLeft == 0) {
        listener.seen(number, now);
      }
    }
  }

  private boolean skipToMoment(ByteBuf bytes) {
    int before = bytes.bytesBefore(StreamSource.MARK);
    if (before < 0) {
      bytes.skipBytes(bytes.readableBytes());
      return false;
    }
    bytes.skipBytes(before + 1);
    number = 0;
    digitsLeft = StreamSource.DIGITS;
    return true;
  }
}
