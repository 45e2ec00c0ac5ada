package com.langdock.reliability.gateway.loop;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Holds the flushes of one socket back until the turn ends, the socket itself has been read, or it
 * is closed.
 *
 * <p>A client that sends nothing more has its connection closed right after it has been read, past
 * all handlers: an answer that is ready by then must have left.
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

  /** Flushes what is held back, if anything is. */
  void flushNow() {
    ChannelHandlerContext context = held;
    held = null;
    if (context != null) {
      context.flush();
    }
  }
}
