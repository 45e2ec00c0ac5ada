package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Writes the frames that the gateway sends on a WebSocket, which are not masked. */
final class Frames {
  /** An empty line, which is sent as a ping. */
  static final byte[] PING_LINE = {'\n'};

  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_CLOSE = 0x88;
  private static final int FINAL_PING = 0x89;
  private static final int FINAL_PONG = 0x8A;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MAX_TWO_BYTES = 0xFFFF;

  /** The longest head of a frame. */
  private static final int MAX_HEAD = 10;

  private static final int NO_CODE = 1005;

  private Frames() {}

  /** A text message for each of {@code lines}, and a ping for an empty one. */
  static ByteBuf of(byte[] lines, ByteBufAllocator buffers) {
    ByteBuf frames = buffers.directBuffer(lines.length + MAX_HEAD * (1 + lineEnds(lines)));
    int from = 0;
    while (from < lines.length) {
      int end = from;
      while (end < lines.length && lines[end] != '\n') {
        end++;
      }
      if (end > from) {
        head(frames, FINAL_TEXT, end - from).writeBytes(lines, from, end - from);
      } else {
        head(frames, FINAL_PING, 0);
      }
      from = end + 1;
    }
    return frames;
  }

  private static int lineEnds(byte[] lines) {
    int ends = 0;
    for (byte octet : lines) {
      if (octet == '\n') {
        ends++;
      }
    }
    return ends;
  }

  /** The answer to a ping with {@code data}, which stays the caller's. */
  static ByteBuf pong(ByteBuf data, ByteBufAllocator buffers) {
    int length = data.readableBytes();
    ByteBuf frame = buffers.directBuffer(length + MAX_HEAD);
    return head(frame, FINAL_PONG, length).writeBytes(data);
  }

  /** A close with a reason. */
  static ByteBuf close(CloseCode why, ByteBufAllocator buffers) {
    byte[] reason = why.reason().getBytes(StandardCharsets.US_ASCII);
    int length = Short.BYTES + reason.length;
    return head(buffers.directBuffer(length + MAX_HEAD), FINAL_CLOSE, length)
        .writeShort(why.number())
        .writeBytes(reason);
  }

  /** The answer to a close with {@code code}; 1005 if it says none. */
  static ByteBuf close(int code, ByteBufAllocator buffers) {
    boolean says = code != NO_CODE;
    ByteBuf frame = buffers.directBuffer(MAX_HEAD);
    head(frame, FINAL_CLOSE, says ? Short.BYTES : 0);
    return says ? frame.writeShort(code) : frame;
  }

  private static ByteBuf head(ByteBuf frame, int kind, int length) {
    frame.writeByte(kind);
    if (length < TWO_BYTES) {
      return frame.writeByte(length);
    }
    return length <= MAX_TWO_BYTES
        ? frame.writeByte(TWO_BYTES).writeShort(length)
        : frame.writeByte(EIGHT_BYTES).writeLong(length);
  }
}
