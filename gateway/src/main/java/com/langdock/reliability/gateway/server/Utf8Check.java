package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;

/** Checks that the bytes of a text, which comes in parts, are UTF-8 (RFC 3629). */
final class Utf8Check {
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final int ASCII_END = 0x80;
  private static final int LEAST_OF_TWO = 0xC2;
  private static final int LEAST_OF_THREE = 0xE0;
  private static final int LEAST_OF_FOUR = 0xF0;
  private static final int AFTER_FOUR = 0xF5;
  private static final int LOWEST = 0x80;
  private static final int HIGHEST = 0xBF;

  /** How many bytes of the current character are still to come. */
  private int missing;

  /** The range of the next one of them. */
  private int lowest = LOWEST;

  private int highest = HIGHEST;

  /** Begins another text. */
  void startOver() {
    missing = 0;
    lowest = LOWEST;
    highest = HIGHEST;
  }

  /** Whether the text does not end inside a character. */
  boolean isComplete() {
    return missing == 0;
  }

  /** Whether the text may go on with {@code part}, whose indexes are kept. */
  boolean accepts(ByteBuf part) {
    int at = part.readerIndex();
    int end = part.writerIndex();
    while (at < end) {
      if (missing == 0 && at <= end - Long.BYTES && (part.getLong(at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
      } else if (!accepts(part.getUnsignedByte(at))) {
        return false;
      } else {
        at++;
      }
    }
    return true;
  }

  private boolean accepts(int octet) {
    if (missing == 0) {
      return begins(octet);
    }
    boolean isValid = octet >= lowest && octet <= highest;
    missing--;
    lowest = LOWEST;
    highest = HIGHEST;
    return isValid;
  }

  private boolean begins(int octet) {
    if (octet < ASCII_END) {
      return true;
    }
    if (octet < LEAST_OF_TWO || octet >= AFTER_FOUR) {
      return false;
    }
    missing = octet < LEAST_OF_THREE ? 1 : octet < LEAST_OF_FOUR ? 2 : 3;
    switch (octet) {
      case 0xE0 -> lowest = 0xA0; // Shorter forms exist for what is below.
      case 0xED -> highest = 0x9F; // Halves of surrogate pairs are above.
      case 0xF0 -> lowest = 0x90;
      case 0xF4 -> highest = 0x8F;
      default -> {} // The whole range.
    }
    return true;
  }
}
