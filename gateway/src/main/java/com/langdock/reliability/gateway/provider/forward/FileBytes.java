package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import java.util.function.Consumer;

/**
 * Passes the bytes of a file as they arrive: each read is a frame, and the proper end of the
 * response an empty one. Its size has the limit of a stream.
 */
final class FileBytes implements FrameReader {
  private static final byte[] END = {};

  private final Consumer<byte[]> frames;
  private long total;

  FileBytes(Consumer<byte[]> frames) {
    this.frames = frames;
  }

  @Override
  public boolean read(byte[] bytes) {
    total += bytes.length;
    if (total > SseReader.MAX_STREAM) {
      return false;
    }
    if (bytes.length > 0) {
      frames.accept(bytes);
    }
    return true;
  }

  @Override
  public void end() {
    frames.accept(END);
  }

  /** Reads a frame; a {@link PieceReader}. */
  static void read(byte[] frame, Consumer<Piece> pieces) {
    boolean isEnd = frame.length == 0;
    Piece.Content content = isEnd ? Piece.Content.NONE : Piece.Content.OTHER;
    pieces.accept(new Piece.Raw(frame, "", content, isEnd ? 1 : 0, null));
  }
}
