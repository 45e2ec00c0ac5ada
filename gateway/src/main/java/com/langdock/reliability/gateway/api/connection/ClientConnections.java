package com.langdock.reliability.gateway.api.connection;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import com.langdock.reliability.gateway.loop.TurnEnd;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The client connections of one event loop.
 *
 * <p>Netty's decoder reads HTTP/1.1. They are looked at once a second: idle ones and those whose
 * head does not come are closed, and a body whose next bytes do not come is told so.
 */
public final class ClientConnections {
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);
  static final long SLOW_BODY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 * 1024)
          .setMaxHeaderSize(32 * 1024)
          .setMaxChunkSize(64 * 1024);

  private final EventLoop loop;
  private final RequestHandler handler;
  private final TurnEnd turnEnd = new TurnEnd();
  private final Set<ClientConnection> open = new HashSet<>();

  /** Connections that {@code handler} answers; there are none yet. */
  public ClientConnections(EventLoop loop, RequestHandler handler) {
    this.loop = loop;
    this.handler = handler;
    loop.every(LOOK_NANOS, this::look);
  }

  /**
   * Takes a connection that was accepted.
   *
   * @param last the handler of its pipeline before which it is read
   * @return what makes it take no further request
   */
  public Runnable accept(ChannelHandlerContext last) {
    ClientConnection connection = new ClientConnection(this, last.channel());
    SocketHandlers.add(last, new HttpRequestDecoder(DECODER), connection, turnEnd);
    open.add(connection);
    return connection::drain;
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
