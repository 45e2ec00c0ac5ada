package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.gateway.loop.EventLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.vertx.core.Vertx;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The network access of one event loop: sockets and name resolution. */
public final class UpstreamNetwork {
  private final EventLoop loop;
  private final Bootstrap sockets;
  private final AddressLookup lookup;

  private UpstreamNetwork(EventLoop loop, Bootstrap sockets, AddressLookup lookup) {
    this.loop = loop;
    this.sockets = sockets;
    this.lookup = lookup;
  }

  /** The network of {@code loop}, the loop of the current {@code vertx} context. */
  public static UpstreamNetwork of(Vertx vertx, EventLoop loop) {
    return of(vertx, loop, new HostsFile(HostsFile.SYSTEM), null);
  }

  /** A network with a given name resolution. */
  static UpstreamNetwork of(
      Vertx vertx,
      EventLoop loop,
      HostsFile hosts,
      @Nullable DnsServerAddressStreamProvider nameServers) {
    io.netty.channel.EventLoop thread =
        ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    Transport transport = ((VertxInternal) vertx).transport();
    DnsNameResolverBuilder dns =
        new DnsNameResolverBuilder(thread)
            .datagramChannelFactory(transport.datagramChannelFactory())
            .socketChannelFactory(
                () -> (SocketChannel) transport.channelFactory(false).newChannel());
    if (nameServers != null) {
      dns.nameServerProvider(nameServers);
    }
    Bootstrap sockets =
        new Bootstrap()
            .group(thread)
            .channelFactory(transport.channelFactory(false))
            .resolver(NoopAddressResolverGroup.INSTANCE)
            .option(ChannelOption.ALLOCATOR, VertxByteBufAllocator.POOLED_ALLOCATOR)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // who waits for it cancels it
            .handler(new Last());
    return new UpstreamNetwork(loop, sockets, new AddressLookup(loop, hosts, dns));
  }

  /** Makes connections to {@code upstream} on this event loop. */
  public Connector connector(Upstream upstream) {
    return new SocketConnector(this, upstream);
  }

  private record SocketConnector(UpstreamNetwork network, Upstream upstream) implements Connector {
    @Override
    public Pending connect(
        long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
      return new ConnectAttempt(network, upstream, connected).begin();
    }
  }

  EventLoop loop() {
    return loop;
  }

  Bootstrap sockets() {
    return sockets;
  }

  AddressLookup lookup() {
    return lookup;
  }

  /** The last handler of a connection: unread input closes it. */
  @Sharable
  static final class Last extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      var _ = context.close(); // Why there is no connection is told by the step that waits for it.
    }
  }
}
