package com.langdock.reliability.gateway.loop;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that arrive in pieces, most often in one. Large pieces are kept as they are and joined
 * once; small ones are gathered, so that many of them take little more memory than their bytes.
 */
public final class Pieces {
  private static final int LARGE = 4 * 1024;
  private static final byte[] NONE = {};

  private final List<byte[]> all = new ArrayList<>(1);
  private final ByteArrayOutputStream small = new ByteArrayOutputStream(0);
  private int length;

  /** The next piece, which is kept as it is. */
  public void add(byte[] piece) {
    boolean isFirst = length == 0;
    length += piece.length;
    if (isFirst || piece.length >= LARGE) {
      keepGathered();
      all.add(piece);
    } else {
      small.writeBytes(piece);
    }
  }

  private void keepGathered() {
    if (small.size() > 0) {
      all.add(small.toByteArray());
      small.reset();
    }
  }

  /** Bytes so far. */
  public int length() {
    return length;
  }

  /** All of them. */
  public byte[] bytes() {
    keepGathered();
    if (all.size() > 1) {
      byte[] joined = joined();
      all.clear();
      all.add(joined);
    }
    return all.isEmpty() ? NONE : all.getFirst();
  }

  private byte[] joined() {
    byte[] joined = new byte[length];
    int at = 0;
    for (byte[] piece : all) {
      System.arraycopy(piece, 0, joined, at, piece.length);
      at += piece.length;
    }
    return joined;
  }
}
