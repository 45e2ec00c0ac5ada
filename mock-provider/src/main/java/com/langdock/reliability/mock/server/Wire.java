package com.langdock.reliability.mock.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Operations on a connection that Vert.x does not offer. The only place that uses its internals,
 * which have the Netty channel.
 */
final class Wire {
  private Wire() {}

  /** The same for all requests of a connection, different from other connections. */
  static String id(HttpConnection connection) {
    return channel(connection).id().asShortText();
  }

  /** Closes by FIN, even inside an answer. */
  static void close(HttpConnection connection) {
    var _ = channel(connection).close();
  }

  /** Closes by RST: with a linger time of zero the system drops the connection at once. */
  static void reset(HttpConnection connection) {
    Channel channel = channel(connection);
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = channel.close();
  }

  private static Channel channel(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().channel();
  }
}
