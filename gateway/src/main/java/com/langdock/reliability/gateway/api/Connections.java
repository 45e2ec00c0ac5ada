package com.langdock.reliability.gateway.api;

import com.langdock.reliability.core.domain.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client connections of one event loop, looked at once a second: idle ones and those whose head
 * does not come are closed, and a body whose next bytes do not come is refused.
 */
final class Connections {
  static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(75);
  static final long SLOW_BODY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 1_000;

  private static final class Seen {
    private long lastActive;
    private int inFlight;
    private @Nullable BodyReader reading;
  }

  private final Ticker ticker;
  private final Map<HttpConnection, Seen> open = new HashMap<>();

  Connections(Vertx vertx, Ticker ticker) {
    this.ticker = ticker;
    vertx.setPeriodic(LOOK_MILLIS, timer -> look());
  }

  /** A client connected. */
  void opened(HttpConnection connection) {
    touch(open.computeIfAbsent(connection, fresh -> new Seen()));
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** A request's head came, and {@code reader} reads its body until the response has ended. */
  void begun(HttpServerRequest request, BodyReader reader) {
    Seen seen = open.computeIfAbsent(request.connection(), fresh -> new Seen());
    touch(seen);
    seen.inFlight++;
    seen.reading = reader;
    request.response().endHandler(end -> ended(seen, reader));
  }

  private void ended(Seen seen, BodyReader reader) {
    reader.release();
    touch(seen);
    seen.inFlight--;
  }

  private void touch(Seen seen) {
    seen.lastActive = ticker.nanos();
  }

  private void look() {
    long now = ticker.nanos();
    for (Map.Entry<HttpConnection, Seen> entry : List.copyOf(open.entrySet())) {
      Seen seen = entry.getValue();
      BodyReader reading = seen.reading;
      if (reading != null && reading.isReading() && now - reading.lastHeard() > SLOW_BODY_NANOS) {
        reading.tooSlow();
      } else if (seen.inFlight == 0 && now - seen.lastActive > IDLE_NANOS) {
        entry.getKey().close();
      }
    }
  }
}
