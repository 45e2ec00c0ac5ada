package com.langdock.reliability.gateway.exchange;

import java.util.function.Consumer;

/**
 * Reads one stream in a provider's format, frame by frame.
 *
 * <p>Not thread-safe. Never throws for what a provider sent: a frame that cannot be read gives
 * {@link Piece.Failed}, for what it carried is lost.
 */
public interface PieceReader {
  /**
   * Reads a frame and gives its pieces, none for a heartbeat, to {@code pieces} in order.
   *
   * @param data the frame's data, not empty
   */
  void read(byte[] data, Consumer<Piece> pieces);
}
