package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.FlushBatch;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import com.langdock.reliability.gateway.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The client connections of one event loop.
 *
 * <p>Once a second it closes idle connections and those that send no request head, and rejects
 * bodies that arrive too slowly.
 */
public final class ClientConnections {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** When there is no room, one in this many idle connections is closed. */
  private static final int CLOSED_SHARE = 32;

  /** After a search without an idle connection, the time until the next search. */
  private static final long NOT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A connection that was active within this time is not closed to make room. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Longer than any gateway runs. */
  private static final long LONG_AGO_NANOS = TimeUnit.DAYS.toNanos(2);

  private final EventLoop loop;
  private final ConnectionContext context;
  private final ConnectionLimit limit;
  private final FlushBatch turnEnd = new FlushBatch();
  private final Set<OpenConnection> open = new HashSet<>();
  private ConnectionRules rules = ConnectionRules.PLAIN;
  private long looksAgainAt;

  /** Written on the loop, read by the thread that stops the gateway. */
  private volatile long acceptedAt;

  /**
   * An empty set of connections.
   *
   * @param handler serves them
   * @param bodies lends the arrays of large bodies
   */
  public ClientConnections(
      EventLoop loop, RequestHandler handler, ConnectionLimit limit, Body.Lender bodies) {
    this.context =
        new ConnectionContext(handler, loop.ticker(), bodies, () -> rules.proxies(), loop::report);
    this.loop = loop;
    this.limit = limit;
    this.acceptedAt = loop.ticker().nanos() - LONG_AGO_NANOS;
    this.looksAgainAt = loop.ticker().nanos();
    loop.every(LOOK_NANOS, this::look);
  }

  /** Has connections that are accepted from now on begin by {@code next}; on the event loop. */
  public void use(ConnectionRules next) {
    rules = next;
  }

  /**
   * Adds an accepted connection. If there is no room, idle connections are closed for it; if there
   * are none, it is closed itself.
   *
   * @param last the handler of its pipeline before which it is inserted
   * @return an action that makes it accept no further request
   */
  public Runnable accept(ChannelHandlerContext last) {
    if (rules.proxyProtocol() && !isFromProxy(last.channel())) {
      rules.refusals().add(ProxyRefusals.Reason.STRANGER);
      var _ = last.channel().close();
      return () -> {};
    }
    if (!limit.tryAcquire()) {
      if (!closeIdle()) {
        limit.closed(1);
        var _ = last.channel().close();
        return () -> {};
      }
      limit.acquire();
    }
    ClientConnection connection = new ClientConnection(context, last.channel());
    ServerTls tls = rules.tls();
    if (tls != null) {
      tls.secure(last.channel());
    }
    if (rules.proxyProtocol()) {
      ProxyHeader.addTo(last.pipeline(), connection.peer(), rules.refusals());
    }
    SocketHandlers.add(last, connection.decoder(), connection, turnEnd);
    OpenConnection[] now = {connection}; // a WebSocket may take its place
    open.add(connection);
    connection.whenUpgraded(socket -> {
      open.remove(now[0]);
      open.add(socket);
      now[0] = socket;
    });
    acceptedAt = context.ticker().nanos();
    last.channel()
        .closeFuture()
        .addListener(closed -> {
          open.remove(now[0]);
          limit.release();
        });
    return () -> now[0].drain();
  }

  private boolean isFromProxy(Channel channel) {
    InetAddress peer = SocketHandlers.peer(channel);
    return peer != null && rules.proxies().trusts(peer);
  }

  /**
   * Closes some idle connections: first those without a request so far, then those idle longest.
   */
  private boolean closeIdle() {
    long now = context.ticker().nanos();
    if (now - looksAgainAt < 0) {
      return false;
    }
    List<OpenConnection> idle =
        open.stream()
            .filter(connection -> connection.isIdle() && connection.silence() > IDLE_NANOS)
            .sorted(
                Comparator.comparing(OpenConnection::hasAsked)
                    .thenComparing(Comparator.comparingLong(OpenConnection::silence).reversed()))
            .toList();
    if (idle.isEmpty()) {
      looksAgainAt = now + NOT_AGAIN_NANOS;
      return false;
    }
    int enough = 1 + idle.size() / CLOSED_SHARE;
    idle.subList(0, enough).forEach(OpenConnection::hangUp);
    limit.closed(enough);
    return true;
  }

  /** Whether no connection is open or has been accepted for {@code nanos}; from any thread. */
  boolean isQuiet(long nanos) {
    return limit.open() == 0 && context.ticker().nanos() - acceptedAt > nanos;
  }

  /** Ends the remaining responses after {@code nanos}; from any thread. */
  void stopAfter(long nanos) {
    loop.execute(() -> loop.timer().set(nanos, this::stop));
  }

  private void stop() {
    guarded(OpenConnection::stop);
  }

  /** Ends the responses whose requests may not go on; from any thread. */
  public void review() {
    loop.execute(() -> guarded(OpenConnection::review));
  }

  private void guarded(Consumer<OpenConnection> action) {
    List.copyOf(open)
        .forEach(connection -> {
          try {
            action.accept(connection);
          } catch (Throwable bug) {
            connection.hangUp();
            loop.caught(bug);
          }
        });
  }

  private void look() {
    long now = context.ticker().nanos();
    List.copyOf(open).forEach(connection -> connection.look(now));
  }
}
