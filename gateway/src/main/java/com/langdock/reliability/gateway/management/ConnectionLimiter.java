package com.langdock.reliability.gateway.management;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many connections a server has, and how long one may go without a request.
 *
 * <p>Returns the connections to close; the caller closes them. A connection with a running request
 * is never among them. Beyond the limit it is the one that has been idle longest, so that half-sent
 * requests cannot keep others out. Thread-safe.
 *
 * @param <C> a connection, compared by identity
 */
final class ConnectionLimiter<C> {
  /** Longest time until a new connection's first request head is whole. */
  static final long FIRST_HEAD_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Longest time from a request's end to the next whole head. */
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);

  private final int most;

  /** The order is that in which they were opened or last used. */
  private final Map<C, State> connections = new LinkedHashMap<>();

  private record State(long since, boolean used, boolean busy) {
    boolean isOver(long now) {
      return !busy && now - since >= (used ? IDLE_NANOS : FIRST_HEAD_NANOS);
    }
  }

  /** Allows {@code most} connections. */
  ConnectionLimiter(int most) {
    this.most = most;
  }

  /** Counts a new connection; returns one to close for it, null while there is room. */
  synchronized @Nullable C opened(C connection, long now) {
    connections.put(connection, new State(now, false, false));
    if (connections.size() <= most) {
      return null;
    }
    for (Iterator<Map.Entry<C, State>> all = connections.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<C, State> oldest = all.next();
      if (!oldest.getValue().busy()) {
        all.remove();
        return oldest.getKey();
      }
    }
    return connection;
  }

  /** A request began on the connection. */
  synchronized void requestBegan(C connection, long now) {
    replace(connection, new State(now, true, true));
  }

  /** The request's response is written. */
  synchronized void requestEnded(C connection, long now) {
    replace(connection, new State(now, true, false));
  }

  private void replace(C connection, State state) {
    if (connections.remove(connection) != null) {
      connections.put(connection, state);
    }
  }

  /** Removes a connection that has closed. */
  synchronized void closed(C connection) {
    connections.remove(connection);
  }

  /** Removes and returns the connections that have been idle too long. */
  synchronized List<C> idle(long now) {
    List<C> idle = new ArrayList<>();
    connections.forEach((connection, state) -> {
      if (state.isOver(now)) {
        idle.add(connection);
      }
    });
    idle.forEach(connections::remove);
    return idle;
  }

  /** How many connections there are. */
  synchronized int size() {
    return connections.size();
  }
}
