package com.langdock.reliability.gateway.api.connection;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import com.langdock.reliability.gateway.loop.TurnEnd;
import io.netty.channel.ChannelHandlerContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The client connections of one event loop.
 *
 * <p>Netty's decoder reads HTTP/1.1. Once a second idle ones and those whose head does not come are
 * closed, and bodies that come too slowly are refused.
 */
public final class ClientConnections {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ConnectionContext context;
  private final TurnEnd turnEnd = new TurnEnd();
  private final Set<ClientConnection> open = new HashSet<>();

  /** Connections that {@code handler} answers; there are none yet. */
  public ClientConnections(EventLoop loop, RequestHandler handler) {
    this.context = new ConnectionContext(handler, loop.ticker(), loop::report);
    loop.every(LOOK_NANOS, this::look);
  }

  /**
   * Takes a connection that was accepted.
   *
   * @param last the handler of its pipeline before which it is read
   * @return what makes it take no further request
   */
  public Runnable accept(ChannelHandlerContext last) {
    ClientConnection connection = new ClientConnection(context, last.channel());
    SocketHandlers.add(last, connection.decoder(), connection, turnEnd);
    open.add(connection);
    last.channel().closeFuture().addListener(closed -> open.remove(connection));
    return connection::drain;
  }

  private void look() {
    long now = context.ticker().nanos();
    List.copyOf(open).forEach(connection -> connection.look(now));
  }
}
