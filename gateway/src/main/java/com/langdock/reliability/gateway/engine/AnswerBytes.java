package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.loop.ByteAccumulator;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer that is read whole, within the limits of one answer and of memory. */
final class AnswerBytes {
  /** An answer may have this many bytes. */
  static final int MAX = 64 * 1024 * 1024;

  /** Memory is reserved for answers of more bytes than this; most have a few thousand. */
  static final int SMALL = 64 * 1024;

  /** An answer is held as it came and as it is sent. */
  private static final int COPIES = 2;

  private final SessionDriver driver;
  private ByteAccumulator bytes = new ByteAccumulator();
  private long reserved;

  AnswerBytes(SessionDriver driver) {
    this.driver = driver;
  }

  /**
   * Adds the next bytes.
   *
   * @param status of the answer
   * @return why they are too many, null when they are not
   */
  @Nullable Failure add(byte[] next, int status) {
    int length = bytes.length() + next.length;
    if (length > MAX) {
      return new Failure.Unreadable(Failure.Unreadable.Why.TOO_LARGE, status);
    }
    if (length > SMALL) {
      long more = (long) length * COPIES - reserved;
      if (!driver.reserve(more)) {
        return new Failure.OutOfMemory();
      }
      reserved += more;
    }
    bytes.add(next);
    return null;
  }

  /** All of them. */
  byte[] whole() {
    return bytes.bytes();
  }

  int length() {
    return bytes.length();
  }

  /** Forgets all of them. */
  void clear() {
    release();
    bytes = new ByteAccumulator();
  }

  /** The answer is the request's: its memory stays reserved until it is sent. */
  void keep() {
    reserved = 0;
  }

  /** The answer is not used: its memory is free for another attempt's. */
  void release() {
    if (reserved > 0) {
      driver.giveBack(reserved);
      reserved = 0;
    }
  }
}
