package com.langdock.reliability.gateway.exchange;

import java.util.function.Consumer;

/**
 * Reads one stream in a provider's format, frame by frame.
 *
 * <p>Not thread-safe. Does not throw on invalid input: a frame that cannot be read becomes {@link
 * Piece.Failed}, since its content is lost.
 */
public interface PieceReader {
  /**
   * Reads a frame and passes its pieces to {@code pieces} in order. A heartbeat has no pieces.
   *
   * @param data the frame's data; not empty
   */
  void read(byte[] data, Consumer<Piece> pieces);
}
