package com.langdock.reliability.bench;

import io.netty.buffer.ByteBuf;

/**
 * Finds the moments in the bytes of one stream, however they are cut; one that the frame of an HTTP
 * chunk cuts in two is left out.
 */
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
      if (readDigits(bytes) && digitsLeft == 0) {
        listener.seen(number, now);
      }
    }
  }

  /** Whether there were only digits. */
  private boolean readDigits(ByteBuf bytes) {
    while (digitsLeft > 0 && bytes.isReadable()) {
      int digit = bytes.readByte() - '0';
      if (digit < 0 || digit > 9) {
        digitsLeft = 0;
        return false;
      }
      number = number * 10 + digit;
      digitsLeft--;
    }
    return true;
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
