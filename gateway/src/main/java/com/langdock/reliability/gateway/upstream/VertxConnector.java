package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has Vert.x connect to a provider: it looks up names and speaks TLS, whose certificates and host
 * names are always checked.
 */
public final class VertxConnector implements Connector {
  private final Context context;
  private final URI baseUrl;
  private final NetClient client;

  /** Connects to the provider at {@code baseUrl}, http or https, on the calling event loop. */
  public VertxConnector(Vertx vertx, URI baseUrl) {
    this.context = vertx.getOrCreateContext();
    this.baseUrl = baseUrl;
    this.client =
        vertx.createNetClient(
            new NetClientOptions()
                .setSsl(isTls())
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTcpNoDelay(true));
  }

  @Override
  public void connect(
      long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
    Completable<NetSocket> told =
        (socket, problem) ->
            connected.accept(socket == null ? null : SocketHandlers.last(socket), problem);
    ConnectOptions options =
        new ConnectOptions()
            .setHost(baseUrl.getHost())
            .setPort(port())
            .setSsl(isTls())
            .setTimeout(Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(nanos)));
    // Where Vert.x is not called from within, it would take the connection to another loop.
    context.runOnContext(now -> client.connect(options).onComplete(told));
  }

  private boolean isTls() {
    return "https".equals(baseUrl.getScheme());
  }

  private int port() {
    return baseUrl.getPort() >= 0 ? baseUrl.getPort() : isTls() ? 443 : 80;
  }
}
