package com.langdock.reliability.gateway.loop;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Delays the flushes of one socket until the turn ends, the socket has been read, or it is closed.
 *
 * <p>A half-closed connection is closed right after it was read, without calling handlers, so a
 * response that is ready must have been written by then.
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
