package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a body while it arrives, most often in one piece.
 *
 * <p>Large pieces stay outside the heap, where the socket was read to, so that no garbage
 * collection copies a body that takes long. Small ones are gathered: a few bytes must not keep a
 * whole buffer. Not thread-safe.
 */
final class ReceivedBody {
  private static final int LARGE = 4 * 1024;

  private final List<ByteBuf> pieces = new ArrayList<>(1);
  private int length;

  /** The next piece, which stays its owner's. */
  void add(ByteBuf piece) {
    int more = piece.readableBytes();
    length += more;
    if (more >= LARGE) {
      pieces.add(piece.retainedSlice().asReadOnly());
    } else if (!pieces.isEmpty() && pieces.getLast().hasArray()) {
      pieces.getLast().writeBytes(piece);
    } else {
      pieces.add(Unpooled.buffer(more).writeBytes(piece));
    }
  }

  /** All bytes, which are the caller's own; nothing is held afterwards. */
  byte[] take() {
    byte[] whole = isOneArray() ? pieces.getFirst().array() : joined();
    release();
    return whole;
  }

  private boolean isOneArray() {
    return pieces.size() == 1
        && pieces.getFirst().hasArray()
        && pieces.getFirst().array().length == length;
  }

  private byte[] joined() {
    byte[] whole = new byte[length];
    int at = 0;
    for (ByteBuf piece : pieces) {
      int more = piece.readableBytes();
      piece.readBytes(whole, at, more);
      at += more;
    }
    return whole;
  }

  /** Lets go of all that is held. */
  void release() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
    length = 0;
  }
}
