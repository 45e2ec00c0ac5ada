package com.langdock.reliability.gateway.api.connection;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import com.langdock.reliability.gateway.loop.TurnEnd;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The client connections of one event loop.
 *
 * <p>Vert.x accepts them, Netty's decoder reads HTTP/1.1. They are looked at once a second: idle
 * ones and those whose head does not come are closed, and a body whose next bytes do not come is
 * told so.
 */
public final class ClientConnections {
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);
  static final long SLOW_BODY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 1_000;

  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(32 * 1024)
          .setMaxChunkSize(64 * 1024);

  private final EventLoop loop;
  private final RequestHandler handler;
  private final NetServer server;
  private final TurnEnd turnEnd = new TurnEnd();
  private final Set<ClientConnection> open = new HashSet<>();

  /** Connections that {@code handler} answers; none are accepted yet. */
  public ClientConnections(Vertx vertx, EventLoop loop, RequestHandler handler) {
    this.loop = loop;
    this.handler = handler;
    this.server =
        vertx
            .createNetServer(new NetServerOptions().setTcpNoDelay(true))
            .connectHandler(this::accept);
    vertx.setPeriodic(LOOK_MILLIS, timer -> look());
  }

  /** Listens; servers of several loops share the port. */
  public Future<Integer> listen(int port, String host) {
    return server.listen(port, host).map(NetServer::actualPort);
  }

  /** Takes no new connections, and ends when the requests in flight have, or after {@code most}. */
  public Future<Void> drain(Duration most) {
    return server.shutdown(most);
  }

  private void accept(NetSocket socket) {
    ClientConnection connection = new ClientConnection(this, SocketHandlers.channel(socket));
    SocketHandlers.add(socket, new HttpRequestDecoder(DECODER), connection, turnEnd);
    socket.shutdownHandler(drain -> connection.drain());
    open.add(connection);
  }

  private void look() {
    long now = now();
    List.copyOf(open).forEach(connection -> connection.look(now));
  }

  /** What answers. */
  RequestHandler handler() {
    return handler;
  }

  /** Now, in monotonic nanoseconds. */
  long now() {
    return loop.ticker().nanos();
  }

  void closed(ClientConnection connection) {
    open.remove(connection);
  }

  /** A bug was thrown on a connection. */
  void report(Throwable bug) {
    loop.report(bug);
  }
}
