package com.langdock.reliability.gateway.loop;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** Lets handlers of our own speak on connections that somebody else has made. */
public final class SocketHandlers {
  private SocketHandlers() {}

  /** The handler by which Vert.x would read what arrives on {@code socket}. */
  public static ChannelHandlerContext last(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  /**
   * Has {@code decoder} and then {@code connection} read what arrives, before {@code last} would;
   * what is written leaves at {@code turnEnd}.
   */
  public static void add(
      ChannelHandlerContext last,
      ChannelHandler decoder,
      ChannelHandler connection,
      FlushBatch turnEnd) {
    last.pipeline().addBefore(last.name(), null, decoder);
    last.pipeline().addBefore(last.name(), null, connection);
    turnEnd.gather(last.channel());
  }
}
