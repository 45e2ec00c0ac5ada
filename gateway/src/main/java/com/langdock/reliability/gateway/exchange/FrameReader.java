package com.langdock.reliability.gateway.exchange;

/** Cuts the bytes of one stream into frames. Not thread-safe. */
public interface FrameReader {
  /** Reads on; false once a frame or the stream is too large: nothing is read any more. */
  boolean read(byte[] bytes);

  /** Ends the stream: gives the last frame, if it is complete. */
  void end();
}
