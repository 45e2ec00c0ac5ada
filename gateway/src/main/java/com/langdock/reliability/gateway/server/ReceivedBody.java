package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.loop.EventLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of a body while it arrives, usually in one piece.
 *
 * <p>Pieces of some size stay in the off-heap read buffers, so that the collector does not copy
 * slow bodies. Small ones are copied, so that a few bytes do not hold a whole buffer. A large body
 * is copied into a lent array as it arrives, so that it does not hold read buffers in number. Not
 * thread-safe.
 */
final class ReceivedBody {
  private static final int LARGE = 4 * 1024;

  /** How many times what has arrived the array of a large body has room for, if so much comes. */
  private static final int GROWTH = 4;

  private final Body.Lender lender;
  private final List<ByteBuf> pieces = new ArrayList<>(1);

  /** The bytes so far of a large body, with room for more; then there are no pieces. */
  private @Nullable Body room;

  private int length;

  /** No bytes yet; {@code lender} lends the array of a large body. */
  ReceivedBody(Body.Lender lender) {
    this.lender = lender;
  }

  /**
   * Adds a piece; the caller keeps its reference.
   *
   * @param announced the length of the whole body, 0 if that is not known; asked if it is large
   * @param taker is asked for the memory of a large body
   */
  void add(ByteBuf piece, LongSupplier announced, RequestBody taker) {
    int needed = length + piece.readableBytes();
    if (needed <= EventLoop.LARGE_BODY) {
      addPiece(piece);
    } else if (makeRoom(needed, announced, taker) && room != null) {
      piece.readBytes(room.array(), length, needed - length);
    } else {
      release();
      return;
    }
    length = needed;
  }

  private void addPiece(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more >= LARGE) {
      pieces.add(piece.retainedSlice().asReadOnly());
    } else if (!pieces.isEmpty() && pieces.getLast().hasArray()) {
      pieces.getLast().writeBytes(piece);
    } else {
      pieces.add(Unpooled.buffer(more).writeBytes(piece));
    }
  }

  /** Makes room for {@code needed} bytes, and likely more; false if there is no memory for them. */
  private boolean makeRoom(int needed, LongSupplier announced, RequestBody taker) {
    Body before = room;
    if (before != null && needed <= before.array().length) {
      return true;
    }
    long whole = announced.getAsLong();
    long likely = whole >= needed ? whole : 2L * needed;
    Body larger = lender.lend((int) Math.min(likely, (long) GROWTH * needed));
    if (!taker.reserve(larger.array().length)) {
      larger.release();
      return false;
    }
    if (before == null) {
      joinTo(larger.array());
      releasePieces();
    } else {
      System.arraycopy(before.array(), 0, larger.array(), 0, length);
      before.release();
    }
    room = larger;
    return true;
  }

  /** Returns all bytes, held by the caller, and releases the buffers. */
  Body take() {
    Body whole;
    if (room != null) {
      whole = room.first(length);
      room = null;
    } else if (isOneArray()) {
      whole = Body.of(pieces.getFirst().array());
    } else {
      whole = Body.of(new byte[length]);
      joinTo(whole.array());
    }
    release();
    return whole;
  }

  private boolean isOneArray() {
    return pieces.size() == 1
        && pieces.getFirst().hasArray()
        && pieces.getFirst().array().length == length;
  }

  private void joinTo(byte[] whole) {
    int at = 0;
    for (ByteBuf piece : pieces) {
      int more = piece.readableBytes();
      piece.readBytes(whole, at, more);
      at += more;
    }
  }

  /** Releases all buffers. */
  void release() {
    releasePieces();
    if (room != null) {
      room.release();
      room = null;
    }
    length = 0;
  }

  private void releasePieces() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
  }
}
