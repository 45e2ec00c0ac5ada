package com.langdock.reliability.gateway.upstream;

import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.FlushBatch;
import com.langdock.reliability.gateway.loop.SocketHandlers;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one provider.
 *
 * <p>Connections are closed after {@value #KEEP_ALIVE_SECONDS} idle seconds, before most providers
 * close theirs, or sooner if the provider announces it. Not thread-safe: used on its own event loop
 * only.
 */
public final class UpstreamPool {
  static final int KEEP_ALIVE_SECONDS = 30;

  /** The most idle connections; those idle longest are closed. */
  static final int MAX_IDLE = 256;

  /** So many heads are kept; a provider has a path or two for each of its models. */
  private static final int MAX_HEADS = 1_024;

  private static final String TIMEOUT = "timeout=";

  private final EventLoop loop;
  private final Upstream upstream;
  private final Connector connector;
  private final Runnable stopLooking;
  private final Map<String, RequestHead> heads = new HashMap<>();
  private final FlushBatch turnEnd = new FlushBatch();

  /** Last in, first out: surplus connections stay idle and expire. */
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

  private boolean closed;

  /** A pool for {@code upstream} whose connections {@code connector} makes. */
  public UpstreamPool(EventLoop loop, Upstream upstream, Connector connector) {
    this.loop = loop;
    this.upstream = upstream;
    this.connector = connector;
    this.stopLooking = loop.every(TimeUnit.SECONDS.toNanos(1), this::closeOld);
  }

  /** Sends a request; {@code listener} receives the reply, unless the call is cancelled. */
  public UpstreamCall send(UpstreamRequest request, ReplyListener listener) {
    UpstreamCall call = new UpstreamCall(this, loop, request, listener);
    UpstreamConnection kept = request.reuse().connection() ? idle() : null;
    if (kept == null) {
      call.await(
          connector.connect(
              request.limits().connect(),
              (last, problem) -> {
                if (last == null) {
                  call.notConnected(problem);
                } else {
                  call.send(opened(last));
                }
              }));
    } else {
      call.send(kept);
    }
    return call;
  }

  /** Closes the idle connections now and the others when their calls end; sending still works. */
  public void close() {
    closed = true;
    stopLooking.run();
    closeIdle();
  }

  /** The head of a request. */
  RequestHead head(UpstreamRequest request) {
    boolean ownType = request.headers().containsKey(RequestHead.CONTENT_TYPE);
    RequestHead known = heads.get(request.path());
    if (known != null && known.isFor(request.method(), ownType)) {
      return known;
    }
    RequestHead head = upstream.head(request.method(), request.path(), ownType);
    if (heads.size() < MAX_HEADS && request.reuse().head()) {
      heads.put(request.path(), head);
    }
    return head;
  }

  /** The idle time of a connection for the provider's {@code keepAlive} header. */
  long idleUntil(@Nullable String keepAlive) {
    long seconds = KEEP_ALIVE_SECONDS;
    if (keepAlive != null && keepAlive.startsWith(TIMEOUT)) {
      seconds = Math.min(seconds, seconds(keepAlive));
    }
    return loop.ticker().nanos() + TimeUnit.SECONDS.toNanos(seconds);
  }

  private static int seconds(String keepAlive) {
    int comma = keepAlive.indexOf(',');
    String number = keepAlive.substring(TIMEOUT.length(), comma < 0 ? keepAlive.length() : comma);
    return number.matches("\\d{1,6}") ? Integer.parseInt(number) : KEEP_ALIVE_SECONDS;
  }

  /** A connection is free. */
  void keep(UpstreamConnection connection) {
    if (closed || upstream.reuse().isSuspended(loop.ticker().nanos())) {
      connection.close();
      return;
    }
    idle.addLast(connection);
    if (idle.size() > MAX_IDLE) {
      idle.removeFirst().close();
    }
  }

  /** Handles unsolicited bytes: no connection is reused for a while. */
  void unsolicited() {
    upstream.reuse().unsolicited(loop.ticker().nanos());
    closeIdle();
  }

  /** A connection is closed. */
  void forget(UpstreamConnection connection) {
    idle.remove(connection);
  }

  /** Handles an exception on a connection: of the network, or of a bug. */
  void thrown(Throwable cause) {
    if (!(cause instanceof IOException || cause instanceof DecoderException)) {
      loop.report(cause);
    }
  }

  private @Nullable UpstreamConnection idle() {
    if (idle.isEmpty()) {
      return null;
    }
    long now = loop.ticker().nanos();
    if (upstream.reuse().isSuspended(now)) {
      closeIdle();
      return null;
    }
    UpstreamConnection next = idle.pollLast();
    while (next != null && !next.isFresh(now)) {
      next.close();
      next = idle.pollLast();
    }
    return next;
  }

  private void closeOld() {
    long now = loop.ticker().nanos();
    while (!idle.isEmpty() && !idle.getFirst().isFresh(now)) {
      idle.removeFirst().close();
    }
  }

  private void closeIdle() {
    for (UpstreamConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      next.close();
    }
  }

  private UpstreamConnection opened(ChannelHandlerContext last) {
    UpstreamConnection connection = new UpstreamConnection(this, last.channel());
    SocketHandlers.add(last, connection.decoder(), connection, turnEnd);
    return connection;
  }
}
