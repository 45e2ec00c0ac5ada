package com.langdock.reliability.gateway.tls;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 and 1.3 to the clients of one port.
 *
 * <p>The identity is one reference that every accepted connection reads, whatever its event loop:
 * after another one is put there, no new connection sees the one before. Open connections go on.
 * Thread-safe.
 */
public final class ServerTls {
  /** The longest time until a connection's handshake is done. */
  static final long HANDSHAKE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  /** Sessions that clients may resume; with tickets, which clients keep, hardly any. */
  private static final long SESSIONS = 2_000;

  private static final long SESSION_SECONDS = TimeUnit.HOURS.toSeconds(1);

  /** A client that offers HTTP/2 too is told that it is not spoken here. */
  private static final ApplicationProtocolConfig HTTP_1_1 =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.NO_ADVERTISE,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  private final Handshakes handshakes = new Handshakes(Handshakes.MOST);
  private volatile SslContext context;

  /**
   * TLS with {@code identity}.
   *
   * @throws SSLException when it cannot be used
   */
  public ServerTls(ServerIdentity identity) throws SSLException {
    context = contextOf(identity);
  }

  /**
   * Shows {@code identity} to the connections that are accepted from now on.
   *
   * @throws SSLException when it cannot be used; then the one before stays
   */
  public void use(ServerIdentity identity) throws SSLException {
    context = contextOf(identity);
  }

  private static SslContext contextOf(ServerIdentity identity) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .applicationProtocolConfig(HTTP_1_1)
            .sessionCacheSize(SESSIONS)
            .sessionTimeout(SESSION_SECONDS)
            .clientAuth(
                switch (identity.asked()) {
                  case NONE -> ClientAuth.NONE;
                  case REQUEST -> ClientAuth.OPTIONAL;
                  case REQUIRE -> ClientAuth.REQUIRE;
                });
    if (!identity.authorities().isEmpty()) {
      builder.trustManager(identity.authorities().toArray(X509Certificate[]::new));
    }
    return builder.build();
  }

  /**
   * Speaks TLS on {@code channel}, from which nothing has been read yet. Its other handlers see
   * decrypted bytes.
   */
  public void secure(Channel channel) {
    SslHandler handler = context.newHandler(channel.alloc());
    handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
    Channel crowded = handshakes.begin(channel);
    if (crowded != null) {
      var _ = crowded.close();
    }
    channel.pipeline().addFirst(handler, new FailedTls());
    handler.handshakeFuture().addListener(done -> handshakes.end(channel, done.cause()));
  }

  /** As {@link #secure(Channel)}, for a connection that Vert.x has just accepted. */
  public void secure(HttpConnection connection) {
    secure(((ConnectionBase) connection).channel());
  }

  /** How many handshakes are under way. */
  public int handshakes() {
    return handshakes.open();
  }

  /** How many handshakes have failed so. */
  public long failed(HandshakeFailure how) {
    return handshakes.failed(how);
  }

  /** Ends a connection whose TLS has failed, of which nobody else needs to hear. */
  private static final class FailedTls extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
      boolean isTls =
          cause instanceof SSLException
              || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
      if (isTls) {
        var _ = context.close();
      } else {
        super.exceptionCaught(context, cause);
      }
    }
  }
}
