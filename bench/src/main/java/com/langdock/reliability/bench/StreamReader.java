package com.langdock.reliability.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** One stream: asks for it on a connection of its own, and reads it. */
final class StreamReader extends ChannelInboundHandlerAdapter {
  /** Hears of one stream. */
  interface Listener {
    /** A chunk sent at one moment has come at another, {@code sinceAsked} after the request. */
    void seen(ChannelHandlerContext stream, long sent, long now, long sinceAsked);
  }

  private static final String GOOD = "HTTP/1.1 200";

  private final String request;
  private final Listener listener;
  private long asked;
  private boolean begun;
  private ChunkClock clock = new ChunkClock((sent, now) -> {});

  StreamReader(String request, Listener listener) {
    this.request = request;
    this.listener = listener;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    asked = System.nanoTime();
    clock = new ChunkClock((sent, now) -> listener.seen(context, sent, now, now - asked));
    var _ = context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), request));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!begun) {
        begun = true;
        expectGood(bytes);
      }
      clock.read(bytes);
    } finally {
      bytes.release();
    }
  }

  private static void expectGood(ByteBuf bytes) {
    String beginning = bytes.toString(StandardCharsets.US_ASCII);
    if (!beginning.startsWith(GOOD)) {
      throw new IllegalStateException("not a stream: " + beginning);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
    problem.printStackTrace();
    var _ = context.close();
  }
}
