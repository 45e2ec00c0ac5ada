package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.loop.LoopTimer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection attempt: resolve the name, connect, set up a proxy tunnel if configured, and
 * perform the TLS handshake.
 *
 * <p>The addresses of a name are tried one after another; if one does not answer within {@value
 * #NEXT_ADDRESS_MILLIS} ms, the next is tried in parallel (RFC 8305, 5), and the first to accept is
 * used. If none accepts, the name is resolved again and new addresses are tried. At most {@value
 * #MAX_ADDRESSES} addresses are tried in all.
 */
final class ConnectAttempt implements Connector.Pending {
  static final int NEXT_ADDRESS_MILLIS = 250;
  static final int MAX_ADDRESSES = 8;

  private final UpstreamNetwork network;
  private final Upstream upstream;
  private final String host;
  private final int port;
  private final BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected;
  private final LoopTimer nextAddress;

  private final Set<InetAddress> tried = new HashSet<>();
  private final Queue<InetAddress> untried = new ArrayDeque<>();

  /** The pending connections. */
  private final Set<Channel> open = new HashSet<>();

  private UnreachableReason pending = UnreachableReason.NAME_SERVER_SILENT;
  private @Nullable Throwable problem;
  private boolean ended;

  ConnectAttempt(
      UpstreamNetwork network,
      Upstream upstream,
      BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
    UpstreamProxy proxy = upstream.proxy();
    this.network = network;
    this.upstream = upstream;
    this.host = proxy == null ? upstream.host() : proxy.host();
    this.port = proxy == null ? upstream.port() : proxy.port();
    this.connected = connected;
    this.nextAddress = network.loop().timer();
  }

  /** Begins; the result is delivered after this method has returned. */
  ConnectAttempt begin() {
    UpstreamTls tls = upstream.tls();
    if (tls == null || tls.isLoaded()) {
      network.loop().execute(this::lookUp);
    } else {
      network.loop().computeOnWorker(tls::load, (loaded, thrown) -> loaded(thrown));
    }
    return this;
  }

  @Override
  public void cancel() {
    if (!ended) {
      end();
      Set.copyOf(open).forEach(ConnectAttempt::close);
    }
  }

  @Override
  public UnreachableReason waitsFor() {
    return pending;
  }

  private void loaded(@Nullable Throwable thrown) {
    if (thrown == null) {
      lookUp();
    } else {
      fail(thrown);
    }
  }

  private void lookUp() {
    if (!ended) {
      pending = UnreachableReason.NAME_SERVER_SILENT;
      network.lookup().find(host, this::found);
    }
  }

  private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable thrown) {
    if (ended) {
      return;
    }
    if (addresses == null) {
      fail(problem == null ? Objects.requireNonNull(thrown) : problem);
      return;
    }
    pending = UnreachableReason.CONNECT_TIMED_OUT;
    for (InetAddress address : addresses) {
      if (tried.size() < MAX_ADDRESSES && tried.add(address)) {
        untried.add(address);
      }
    }
    connectToNext();
  }

  private void connectToNext() {
    InetAddress next = ended ? null : untried.poll();
    if (next != null) {
      ChannelFuture connecting = network.sockets().connect(new InetSocketAddress(next, port));
      open.add(connecting.channel());
      nextAddress.set(TimeUnit.MILLISECONDS.toNanos(NEXT_ADDRESS_MILLIS), this::connectToNext);
      connecting.addListener(done -> accepted(connecting));
    } else if (!ended && open.isEmpty()) {
      noneAccepted();
    }
  }

  private void noneAccepted() {
    if (network.lookup().forget(host)) {
      lookUp();
    } else {
      fail(Objects.requireNonNull(problem));
    }
  }

  /** An address accepted the connection, or did not. */
  private void accepted(ChannelFuture done) {
    Channel channel = done.channel();
    if (ended) {
      close(channel);
    } else if (done.isSuccess()) {
      keepOnly(channel);
      throughProxy(channel);
    } else if (open.remove(channel)) {
      problem = done.cause();
      connectToNext();
    }
  }

  private void keepOnly(Channel channel) {
    nextAddress.cancel();
    untried.clear();
    open.remove(channel);
    Set<Channel> slower = Set.copyOf(open);
    open.clear(); // before they are closed, which each of them tells at once
    slower.forEach(ConnectAttempt::close);
    open.add(channel);
  }

  private void throughProxy(Channel channel) {
    UpstreamProxy proxy = upstream.proxy();
    if (proxy == null || upstream.tls() == null) {
      handshake(channel);
      return;
    }
    pending = UnreachableReason.PROXY_TIMED_OUT;
    ProxyTunnel tunnel =
        new ProxyTunnel(upstream, proxy, thrown -> step(channel, thrown, this::handshake));
    channel.pipeline().addFirst(tunnel);
    tunnel.open(channel);
  }

  private void handshake(Channel channel) {
    UpstreamTls tls = upstream.tls();
    if (tls == null) {
      succeed(channel);
      return;
    }
    pending = UnreachableReason.TLS_TIMED_OUT;
    try {
      SslHandler handler = tls.handler(channel, upstream.host(), upstream.port());
      channel.pipeline().addFirst(handler);
      handler.handshakeFuture().addListener(done -> step(channel, done.cause(), this::succeed));
    } catch (Exception broken) {
      fail(broken);
    }
  }

  /** Takes the next step if the previous one succeeded. */
  private void step(Channel channel, @Nullable Throwable thrown, Consumer<Channel> next) {
    if (ended) {
      close(channel);
    } else if (thrown == null) {
      next.accept(channel);
    } else {
      var _ = network.lookup().forget(host);
      fail(thrown);
    }
  }

  /** Closing notifies the step that waits for the channel. */
  private static void close(Channel channel) {
    var _ = channel.close();
  }

  private void succeed(Channel channel) {
    open.remove(channel);
    end();
    connected.accept(channel.pipeline().context(UpstreamNetwork.Last.class), null);
  }

  private void fail(Throwable thrown) {
    if (!ended) {
      cancel();
      connected.accept(null, thrown);
    }
  }

  private void end() {
    ended = true;
    nextAddress.cancel();
  }
}
