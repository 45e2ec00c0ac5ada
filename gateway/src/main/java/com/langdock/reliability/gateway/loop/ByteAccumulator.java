package com.langdock.reliability.gateway.loop;

import java.util.Arrays;

/** Collects bytes that arrive in pieces, usually in one. */
public final class ByteAccumulator {
  private static final int MOST = Integer.MAX_VALUE - 8;
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  /** Adds the next piece; a single piece is not copied. */
  public void add(byte[] piece) {
    if (length == 0) {
      bytes = piece;
    } else {
      int needed = Math.addExact(length, piece.length);
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, 2L * length)));
      }
      System.arraycopy(piece, 0, bytes, length, piece.length);
    }
    length += piece.length;
  }

  /** Bytes so far. */
  public int length() {
    return length;
  }

  /** All of them. */
  public byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
