package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;

/** Receives the frames of one WebSocket as they are decoded. */
interface FrameListener {
  /**
   * A text message begins.
   *
   * @param length of the message; -1 if it has several frames
   */
  void begins(long length);

  /** The next bytes of the message, which stay the caller's. */
  void receives(ByteBuf bytes);

  /** The message is complete. */
  void ends();

  /** A ping with {@code data}, which stays the caller's. */
  void pinged(ByteBuf data);

  /** The client answers a ping. */
  void ponged();

  /** The client closes with {@code code}; 1005 if it says none. */
  void closes(int code);

  /** Nothing that follows can be decoded. */
  void fails(CloseCode why);
}
