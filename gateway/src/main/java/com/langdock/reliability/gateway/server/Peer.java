package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection: the socket's address, or what a trusted proxy has
 * announced in its place. Lives on the event loop of the connection.
 */
final class Peer {
  private final Channel channel;
  private final Supplier<TrustedProxies> proxies;
  private boolean direct = true;
  private @Nullable InetAddress announced;

  /** The peer of {@code channel}, announced by nobody. */
  Peer(Channel channel, Supplier<TrustedProxies> proxies) {
    this.channel = channel;
    this.proxies = proxies;
  }

  /** The connection to it. */
  Channel channel() {
    return channel;
  }

  /**
   * A trusted proxy has announced whose connection this is.
   *
   * @param client its address; null when the proxy does not say, or connects for itself
   */
  void announce(@Nullable InetAddress client) {
    direct = false;
    announced = client;
  }

  /** Whether no proxy has announced it. */
  boolean isDirect() {
    return direct;
  }

  /** The address of whoever connected; null once it has left. */
  @Nullable InetAddress address() {
    return announced == null ? SocketHandlers.peer(channel) : announced;
  }

  /** The address of the client that sent a request with {@code headers}; null once it has left. */
  @Nullable InetAddress client(HttpHeaders headers) {
    InetAddress address = address();
    TrustedProxies trusted = proxies.get();
    if (address == null || trusted.ranges().isEmpty()) {
      return address;
    }
    List<String> forwardedFor = headers.getAll(HeaderNames.FORWARDED_FOR);
    return trusted.client(address, forwardedFor, headers.getAll(HeaderNames.FORWARDED));
  }
}
