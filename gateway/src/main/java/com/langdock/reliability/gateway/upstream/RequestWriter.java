package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.Body;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/**
 * Writes one request in blocks, each after the previous one was sent, so that a large body uses one
 * block of direct memory and does not delay other work of the event loop. Releases the body when
 * all of it is written, or cannot be.
 */
final class RequestWriter implements ChannelFutureListener {
  private static final int BLOCK = 64 * 1024;

  private final Channel channel;
  private final Body body;
  private ChannelFuture last;
  private int begun;

  /** Writes {@code head} and the first block now. */
  RequestWriter(Channel channel, RequestHead head, UpstreamRequest request) {
    this.channel = channel;
    this.body = request.body();
    last = write(head.begin(channel.alloc(), request.headers(), body.length(), nextLength()));
  }

  /** Whether all of it was sent. */
  boolean isDone() {
    return begun == body.length() && last.isDone();
  }

  @Override
  public void operationComplete(ChannelFuture block) {
    if (block.isSuccess()) {
      last = write(channel.alloc().directBuffer(nextLength()));
    } else {
      body.release();
    }
  }

  private int nextLength() {
    return Math.min(BLOCK, body.length() - begun);
  }

  private ChannelFuture write(ByteBuf block) {
    int length = nextLength();
    block.writeBytes(body.array(), begun, length);
    begun += length;
    if (begun == body.length()) {
      body.release();
    }
    ChannelFuture written = channel.writeAndFlush(block);
    return begun == body.length() ? written : written.addListener(this);
  }
}
