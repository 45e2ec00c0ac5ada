package com.langdock.reliability.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** One connection of a load, with one request under way at most; used by one event loop only. */
final class Line extends ChannelInboundHandlerAdapter {
  /** Hears what becomes of connections and requests. */
  interface Listener {
    /** The connection can take a request. */
    void free(Line line);

    /** An answer has ended; the status is 0 where the connection was lost instead. */
    void answered(int status, long due);

    /** The connection is gone. */
    void lost(Line line);
  }

  private final Listener listener;
  private final AnswerReader reader = new AnswerReader();
  private @Nullable ChannelHandlerContext context;
  private boolean busy;
  private long due;
  private long freeSince;

  Line(Listener listener) {
    this.listener = listener;
  }

  /** Sends a request that was due at this moment. */
  void send(ByteBuf request, long moment) {
    if (context == null) {
      throw new IllegalStateException("not connected");
    }
    busy = true;
    due = moment;
    var _ = context.writeAndFlush(request.retainedDuplicate(), context.voidPromise());
  }

  /** Since when nothing was under way, in nanoseconds. */
  long freeSince() {
    return freeSince;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    become();
  }

  @Override
  public void channelRead(ChannelHandlerContext active, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      int status = reader.read(bytes);
      if (status != 0) {
        listener.answered(status, due);
        become();
      }
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext gone) {
    if (busy) {
      listener.answered(0, due);
    }
    listener.lost(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failing, Throwable problem) {
    var _ = failing.close();
  }

  private void become() {
    busy = false;
    freeSince = System.nanoTime();
    listener.free(this);
  }
}
