package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.management.live.LiveFigures;
import com.langdock.reliability.gateway.management.live.LiveJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code GET /api/live}: an event a second with what happens now, the first with what was before.
 */
final class LivePage {
  /** Pages that may look on at once. */
  static final int MOST_WATCHERS = 32;

  private static final long EVERY_MILLIS = 1_000;
  private static final int MAX_WAITING_BYTES = 512 * 1024;

  private final Vertx vertx;
  private final LiveFigures figures;
  private final LiveJson live;
  private final boolean journal;
  private final Set<HttpServerResponse> watchers = new LinkedHashSet<>();

  /** A page that reads the figures from now on; {@code journal} is whether one is kept. */
  LivePage(Vertx vertx, LiveFigures figures, LiveJson live, boolean journal) {
    this.vertx = vertx;
    this.figures = figures;
    this.live = live;
    this.journal = journal;
    figures.read();
    vertx.setPeriodic(EVERY_MILLIS, tick -> tick());
  }

  void show(HttpServerRequest request) {
    if (size() >= MOST_WATCHERS) {
      String message = "At most " + MOST_WATCHERS + " pages may look on at once.";
      Reply.error(request, 503, "too_many_watchers", message);
      return;
    }
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(MAX_WAITING_BYTES)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.closeHandler(gone -> remove(response));
    vertx
        .executeBlocking(() -> event(true), false)
        .onSuccess(first -> {
          send(response, first);
          add(response);
        });
  }

  private void tick() {
    vertx
        .executeBlocking(this::read, false)
        .onSuccess(event -> watching().forEach(response -> send(response, event)));
  }

  private Buffer read() {
    figures.read();
    return size() == 0 ? Buffer.buffer() : event(false);
  }

  /** A page that takes less than it is given is let go; it comes back by itself. */
  private void send(HttpServerResponse response, Buffer event) {
    if (response.closed() || response.ended()) {
      remove(response);
    } else if (response.writeQueueFull()) {
      remove(response);
      response.end();
    } else if (event.length() > 0) {
      response.write(event);
    }
  }

  private Buffer event(boolean first) {
    Buffer json =
        Reply.object(out -> {
          out.writeBooleanProperty("journal", journal);
          live.write(first, out);
        });
    return Buffer.buffer("data: ").appendBuffer(json).appendString("\n\n");
  }

  private synchronized int size() {
    return watchers.size();
  }

  private synchronized void add(HttpServerResponse response) {
    watchers.add(response);
  }

  private synchronized void remove(HttpServerResponse response) {
    watchers.remove(response);
  }

  private synchronized Set<HttpServerResponse> watching() {
    return new LinkedHashSet<>(watchers);
  }
}
