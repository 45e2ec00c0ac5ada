package com.langdock.reliability.gateway.loop;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that arrive in pieces, most often in one. */
public final class Pieces {
  private byte[] first = {};
  private @Nullable ByteArrayOutputStream all;

  /** The next piece, which is kept as it is. */
  public void add(byte[] piece) {
    if (first.length == 0) {
      first = piece;
      return;
    }
    if (all == null) {
      all = new ByteArrayOutputStream(2 * (first.length + piece.length));
      all.writeBytes(first);
    }
    all.writeBytes(piece);
  }

  /** Bytes so far. */
  public int length() {
    return all == null ? first.length : all.size();
  }

  /** All of them. */
  public byte[] bytes() {
    return all == null ? first : all.toByteArray();
  }
}
