package com.langdock.reliability.gateway.loop;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/**
 * Delays the flushes of one socket until the turn ends, the socket has been read, or it is closed.
 *
 * <p>Where half-closed connections are allowed, one is closed when what is ready for the peer has
 * been written, which io_uring does later than it is told to. Netty itself would close it without
 * calling handlers: before the delayed flush, and before writes that are under way.
 */
final class BatchedFlushHandler extends ChannelDuplexHandler {
  private final FlushBatch turn;
  private @Nullable ChannelHandlerContext held;

  BatchedFlushHandler(FlushBatch turn) {
    this.turn = turn;
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    if (held == null) {
      held = context;
      turn.add(this, context.executor());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    flushNow();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      ChannelFuture written = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
      written.addListener(ChannelFutureListener.CLOSE);
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
    flushNow();
    super.close(context, promise);
  }

  @Override
  public void disconnect(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
    flushNow();
    super.disconnect(context, promise);
  }

  /** Flushes the delayed writes, if any. */
  void flushNow() {
    ChannelHandlerContext context = held;
    held = null;
    if (context != null) {
      context.flush();
    }
  }
}
