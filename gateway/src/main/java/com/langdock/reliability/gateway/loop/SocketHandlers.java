package com.langdock.reliability.gateway.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** Lets handlers of our own speak on connections that Vert.x has made. */
public final class SocketHandlers {
  private SocketHandlers() {}

  /** The connection behind {@code socket}. */
  public static Channel channel(NetSocket socket) {
    return vertx(socket).channel();
  }

  /**
   * Has {@code decoder} and then {@code connection} read what arrives, before Vert.x would; what is
   * written leaves at {@code turnEnd}.
   */
  public static void add(
      NetSocket socket, ChannelHandler decoder, ChannelHandler connection, TurnEnd turnEnd) {
    ChannelHandlerContext vertx = vertx(socket);
    vertx.pipeline().addBefore(vertx.name(), null, decoder);
    vertx.pipeline().addBefore(vertx.name(), null, connection);
    turnEnd.gather(vertx.channel());
  }

  private static ChannelHandlerContext vertx(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }
}
