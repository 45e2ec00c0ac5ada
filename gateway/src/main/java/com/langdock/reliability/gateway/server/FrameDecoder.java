package com.langdock.reliability.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one WebSocket (RFC 6455, 5.2) without extensions. The bytes of a message
 * are handed on as they arrive, so that what is collected of it is counted; frames are decoded only
 * while they are wanted.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;

  private static final int MAX_CONTROL = 125;
  private static final int TWO_BYTES = 126;
  private static final int MASK_BYTES = 4;
  private static final int NO_CODE = 1005;

  /** With more undecoded bytes than this the socket is not read. */
  private static final int MAX_UNDECODED = 64 * 1024;

  private final FrameListener listener;
  private final BooleanSupplier wantsMore;
  private final Utf8Check text = new Utf8Check();

  /** Whether a message has begun whose last frame has not come. */
  private boolean inMessage;

  /** What is left of the data frame that is being read, its mask, and whether it is the last. */
  private long left = -1;

  private int mask;
  private boolean isLast;
  private boolean ended;

  /**
   * A decoder.
   *
   * @param wantsMore checked before each frame and each part of one
   */
  FrameDecoder(FrameListener listener, BooleanSupplier wantsMore) {
    this.listener = listener;
    this.wantsMore = wantsMore;
  }

  /** Decodes what waits, if it is wanted now. Call when that may have changed. */
  void resume(ChannelHandlerContext context) {
    if (!context.isRemoved()) {
      context
          .channel()
          .eventLoop()
          .execute(() -> {
            if (!context.isRemoved()) {
              channelRead(context, Unpooled.EMPTY_BUFFER);
            }
          });
    }
  }

  /** Decodes nothing any more. */
  void end() {
    ended = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    try {
      super.channelRead(context, bytes);
    } catch (Exception problem) {
      context.fireExceptionCaught(problem);
    }
    ChannelConfig config = context.channel().config();
    boolean reads = internalBuffer().readableBytes() <= MAX_UNDECODED || wantsMore.getAsBoolean();
    if (config.isAutoRead() != reads) {
      config.setAutoRead(reads);
    }
  }

  /** The superclass would read more, because it has decoded nothing. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (context.channel().config().isAutoRead()) {
      super.channelReadComplete(context);
    } else {
      context.fireChannelReadComplete();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> none) {
    if (ended) {
      bytes.skipBytes(bytes.readableBytes());
    } else if (wantsMore.getAsBoolean()) {
      if (left >= 0) {
        payload(bytes);
      } else {
        head(bytes);
      }
    }
  }

  private void head(ByteBuf bytes) {
    int start = bytes.readerIndex();
    if (bytes.readableBytes() < 2) {
      return;
    }
    int first = bytes.getUnsignedByte(start);
    int second = bytes.getUnsignedByte(start + 1);
    int opcode = first & OPCODE;
    CloseCode problem = problem(first, second);
    if (problem != null) {
      fail(problem);
      return;
    }
    int size = 2 + lengthBytes(second & LENGTH) + MASK_BYTES;
    if (bytes.readableBytes() < size) {
      return;
    }
    long length = length(bytes, start + 2, second & LENGTH);
    if (length < 0) {
      fail(CloseCode.PROTOCOL);
    } else if (opcode >= CLOSE) {
      control(bytes, opcode, (int) length);
    } else {
      bytes.skipBytes(size);
      data(first, opcode, length, bytes.getInt(start + size - MASK_BYTES));
    }
  }

  private static int lengthBytes(int shortLength) {
    return shortLength < TWO_BYTES ? 0 : shortLength == TWO_BYTES ? Short.BYTES : Long.BYTES;
  }

  /** The length of a frame; negative if it is none. */
  private static long length(ByteBuf bytes, int at, int shortLength) {
    if (shortLength < TWO_BYTES) {
      return shortLength;
    }
    return shortLength == TWO_BYTES ? bytes.getUnsignedShort(at) : bytes.getLong(at);
  }

  /** Why a frame that begins with these two bytes is not accepted; null if it is. */
  private @Nullable CloseCode problem(int first, int second) {
    int opcode = first & OPCODE;
    boolean isFinal = (first & FIN) != 0;
    if ((first & RESERVED) != 0 || (second & MASKED) == 0) {
      return CloseCode.PROTOCOL;
    }
    return switch (opcode) {
      case CONTINUATION -> inMessage ? null : CloseCode.PROTOCOL;
      case TEXT -> inMessage ? CloseCode.PROTOCOL : null;
      case BINARY -> inMessage ? CloseCode.PROTOCOL : CloseCode.BINARY;
      case CLOSE, PING, PONG ->
          isFinal && (second & LENGTH) <= MAX_CONTROL ? null : CloseCode.PROTOCOL;
      default -> CloseCode.PROTOCOL;
    };
  }

  private void control(ByteBuf bytes, int opcode, int length) {
    int size = 2 + MASK_BYTES + length;
    if (bytes.readableBytes() < size) {
      return;
    }
    int key = bytes.getInt(bytes.readerIndex() + 2);
    ByteBuf data = bytes.readSlice(size).skipBytes(2 + MASK_BYTES);
    unmask(data, data.readerIndex(), length, key);
    switch (opcode) {
      case PING -> listener.pinged(data);
      case PONG -> listener.ponged();
      default -> close(data);
    }
  }

  private void close(ByteBuf data) {
    boolean hasCode = data.readableBytes() >= Short.BYTES;
    int code = hasCode ? data.readUnsignedShort() : NO_CODE;
    if ((data.isReadable() && !hasCode) || (hasCode && !isCloseCode(code))) {
      fail(CloseCode.PROTOCOL);
    } else {
      ended = true;
      listener.closes(code);
    }
  }

  /** Whether a client may close with {@code code} (RFC 6455, 7.4). */
  private static boolean isCloseCode(int code) {
    boolean isKnown = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
    return isKnown || (code >= 3000 && code < 5000);
  }

  private void data(int first, int opcode, long length, int key) {
    isLast = (first & FIN) != 0;
    left = length;
    mask = key;
    if (opcode == TEXT) {
      inMessage = true;
      text.startOver();
      listener.begins(isLast ? length : -1);
    }
    if (length == 0 && !ended) {
      frameEnds();
    }
  }

  private void payload(ByteBuf bytes) {
    int more = (int) Math.min(left, bytes.readableBytes());
    if (more == 0) {
      return;
    }
    ByteBuf part = bytes.readSlice(more);
    unmask(part, part.readerIndex(), more, mask);
    int turned = more % MASK_BYTES * Byte.SIZE;
    mask = Integer.rotateLeft(mask, turned);
    left -= more;
    if (!text.accepts(part)) {
      fail(CloseCode.NOT_TEXT);
      return;
    }
    listener.receives(part);
    if (left == 0 && !ended) {
      frameEnds();
    }
  }

  private void frameEnds() {
    left = -1;
    if (!isLast) {
      return;
    }
    inMessage = false;
    if (text.isComplete()) {
      listener.ends();
    } else {
      fail(CloseCode.NOT_TEXT);
    }
  }

  private void fail(CloseCode why) {
    ended = true;
    listener.fails(why);
  }

  /** Unmasks {@code length} bytes from {@code at} on in place, eight at a time. */
  private static void unmask(ByteBuf bytes, int at, int length, int key) {
    long twice = ((long) key << Integer.SIZE) | (key & 0xFFFF_FFFFL);
    int end = at + length;
    int next = at;
    for (; next <= end - Long.BYTES; next += Long.BYTES) {
      bytes.setLong(next, bytes.getLong(next) ^ twice);
    }
    for (int i = 0; next < end; next++, i++) {
      int shift = Integer.SIZE - Byte.SIZE * (i % MASK_BYTES + 1);
      bytes.setByte(next, bytes.getByte(next) ^ (key >>> shift));
    }
  }
}
