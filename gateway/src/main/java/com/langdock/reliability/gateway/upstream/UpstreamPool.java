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
 * <p>HTTP is read by Netty's decoder. Kept-alive connections are closed after {@value
 * #KEEP_ALIVE_SECONDS} idle seconds, before the usual providers close theirs, or sooner where the
 * provider says so. Not thread-safe: used on its own event loop only.
 */
public final class UpstreamPool {
  static final int KEEP_ALIVE_SECONDS = 30;

  /** So many connections idle at most; the ones that idle longest are closed. */
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

  /** The one used last is used next, so that those that are not needed grow old. */
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();

  private boolean closed;

  /** A pool for {@code upstream} whose connections {@code connector} makes. */
  public UpstreamPool(EventLoop loop, Upstream upstream, Connector connector) {
    this.loop = loop;
    this.upstream = upstream;
    this.connector = connector;
    this.stopLooking = loop.every(TimeUnit.SECONDS.toNanos(1), this::closeOld);
  }

  /** Sends a request; the reply goes to {@code listener}, unless the call is cancelled. */
  public UpstreamCall send(UpstreamRequest request, ReplyListener listener) {
    UpstreamCall call = new UpstreamCall(this, loop, request, listener);
    UpstreamConnection kept = request.freshConnection() ? null : idle();
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

  /** Closes the idle connections now and the others when their calls end; sends go on. */
  public void close() {
    closed = true;
    stopLooking.run();
    closeIdle();
  }

  /** The head of a request. */
  RequestHead head(UpstreamRequest request) {
    RequestHead known = heads.get(request.path());
    if (known != null && known.isFor(request.method())) {
      return known;
    }
    RequestHead head = upstream.head(request.method(), request.path());
    if (heads.size() < MAX_HEADS) {
      heads.put(request.path(), head);
    }
    return head;
  }

  /** How long a connection may idle whose provider says {@code keepAlive}. */
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

  /** Bytes came that no request asked for: none of the connections is used again for a while. */
  void unsolicited() {
    upstream.reuse().unsolicited(loop.ticker().nanos());
    closeIdle();
  }

  /** A connection is closed. */
  void forget(UpstreamConnection connection) {
    idle.remove(connection);
  }

  /** Something was thrown on a connection: by the network, or by a bug. */
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
