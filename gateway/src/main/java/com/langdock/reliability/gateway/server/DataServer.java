package com.langdock.reliability.gateway.server;

import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/** Accepts the client connections of one event loop through Vert.x. */
public final class DataServer {
  /** The time to deliver the last responses after the drain. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ClientConnections connections;
  private final NetServer server;

  /** A server that accepts for {@code connections}; it does not listen yet. */
  public DataServer(Vertx vertx, ClientConnections connections) {
    this.connections = connections;
    this.server =
        vertx
            .createNetServer(new NetServerOptions().setTcpNoDelay(true))
            .connectHandler(this::accept);
  }

  /** Listens; servers of several loops share the port. */
  public Future<Integer> listen(int port, String host) {
    return server.listen(port, host).map(NetServer::actualPort);
  }

  /**
   * Stops accepting and ends when the requests in flight have ended. After {@code most} the
   * remaining ones are answered with an error; soon after that their connections are closed.
   */
  public Future<Void> drain(Duration most) {
    connections.stopAfter(most.toNanos());
    return server.shutdown(most.plus(LAST_WORDS));
  }

  /** Has connections that are accepted from now on begin by {@code rules}; on the event loop. */
  public void use(ConnectionRules rules) {
    connections.use(rules);
  }

  /** Whether no client is connected and none was accepted for {@code time}. Thread-safe. */
  public boolean isQuiet(Duration time) {
    return connections.isQuiet(time.toNanos());
  }

  /** Ends the responses whose requests may not go on. Thread-safe. */
  public void review() {
    connections.review();
  }

  private void accept(NetSocket socket) {
    Runnable drain = connections.accept(SocketHandlers.last(socket));
    socket.shutdownHandler(limit -> drain.run());
  }
}
