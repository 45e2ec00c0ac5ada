package com.langdock.reliability.gateway.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** Holds the flushes of one socket back until the turn ends, or the socket is closed. */
final class GatheredFlush extends ChannelOutboundHandlerAdapter {
  private final TurnEnd turn;
  private @Nullable ChannelHandlerContext held;

  GatheredFlush(TurnEnd turn) {
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
