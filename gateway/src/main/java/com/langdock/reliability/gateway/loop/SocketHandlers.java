package com.langdock.reliability.gateway.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Installs the gateway's handlers on connections that Vert.x accepted. */
public final class SocketHandlers {
  private SocketHandlers() {}

  /** The handler by which Vert.x reads from {@code socket}. */
  public static ChannelHandlerContext last(NetSocket socket) {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  /**
   * Puts {@code decoder} and {@code connection} before {@code last}, and delays writes to {@code
   * turnEnd}. A peer that sends no more still receives what is ready by then.
   */
  public static void add(
      ChannelHandlerContext last,
      ChannelHandler decoder,
      ChannelHandler connection,
      FlushBatch turnEnd) {
    last.pipeline().addBefore(last.name(), null, decoder);
    last.pipeline().addBefore(last.name(), null, connection);
    turnEnd.gather(last.channel());
    last.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /** Tells the peer that nothing more is sent, and still reads; closes if that is not possible. */
  public static void endOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound().addListener(said -> endSocketOutput(channel));
    } else {
      endSocketOutput(channel);
    }
  }

  private static void endSocketOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }

  /** The address of the peer; null once it has left. */
  public static @Nullable InetAddress peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }
}
