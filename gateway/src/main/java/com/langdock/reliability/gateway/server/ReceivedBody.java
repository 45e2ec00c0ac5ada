package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.loop.EventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the bytes of a body while it arrives, usually in one piece.
 *
 * <p>Large pieces stay in the off-heap read buffers, so that the collector does not copy slow
 * bodies. Small ones are copied, so that a few bytes do not hold a whole buffer. Not thread-safe.
 */
final class ReceivedBody {
  private static final int LARGE = 4 * 1024;

  private final Body.Lender lender;
  private final List<ByteBuf> pieces = new ArrayList<>(1);
  private int length;

  /** No bytes yet; {@code lender} lends the array of a large body. */
  ReceivedBody(Body.Lender lender) {
    this.lender = lender;
  }

  /** Adds a piece; the caller keeps its reference. */
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

  /** Returns all bytes, held by the caller, and releases the buffers. */
  Body take() {
    Body whole = isOneArray() ? Body.of(pieces.getFirst().array()) : joined();
    release();
    return whole;
  }

  private boolean isOneArray() {
    return pieces.size() == 1
        && pieces.getFirst().hasArray()
        && pieces.getFirst().array().length == length;
  }

  private Body joined() {
    Body body = length > EventLoop.LARGE_BODY ? lender.lend(length) : Body.of(new byte[length]);
    byte[] whole = body.array();
    int at = 0;
    for (ByteBuf piece : pieces) {
      int more = piece.readableBytes();
      piece.readBytes(whole, at, more);
      at += more;
    }
    return body;
  }

  /** Releases all buffers. */
  void release() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
    length = 0;
  }
}
