package com.langdock.reliability.gateway.exchange;

/** Splits the bytes of one stream into frames. Not thread-safe. */
public interface FrameReader {
  /**
   * Reads more bytes. Returns false if a frame or the stream is too large; further bytes are then
   * ignored.
   */
  boolean read(byte[] bytes);

  /** Ends the stream. Emits the last frame if it is complete. */
  void end();
}
