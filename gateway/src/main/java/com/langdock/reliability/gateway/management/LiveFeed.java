package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.journal.JournalState;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/live}: an event a second with what happens now, the first with what was before.
 */
final class LiveFeed {
  /** Pages that may look on at once. */
  static final int MOST_WATCHERS = 32;

  private static final long EVERY_MILLIS = 1_000;
  private static final int MAX_WAITING_BYTES = 512 * 1024;

  private final Vertx vertx;
  private final Workers workers;
  private final LiveFigures figures;
  private final LiveJson live;
  private final @Nullable JournalReader journal;
  private final long timer;

  /** All that look on, and of them those that have had their first event. */
  private final Set<HttpServerResponse> watchers = new LinkedHashSet<>();

  private final Set<HttpServerResponse> begun = new LinkedHashSet<>();

  /** A page that reads the figures from now on; {@code journal} is null where none is kept. */
  LiveFeed(
      Vertx vertx,
      Workers workers,
      LiveFigures figures,
      LiveJson live,
      @Nullable JournalReader journal) {
    this.vertx = vertx;
    this.workers = workers;
    this.figures = figures;
    this.live = live;
    this.journal = journal;
    timer = vertx.setPeriodic(EVERY_MILLIS, tick -> tick());
  }

  /** Reads the figures no more. */
  void close() {
    vertx.cancelTimer(timer);
  }

  void show(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.method().equals(HttpMethod.HEAD)) {
      head(response).end();
    } else if (takePlace(response)) {
      response.closeHandler(gone -> leave(response));
      head(response).setChunked(true).setWriteQueueMaxSize(MAX_WAITING_BYTES);
      workers.make(() -> event(true)).onSuccess(first -> begin(response, first));
    } else {
      String message = "At most " + MOST_WATCHERS + " pages may look on at once.";
      Responses.error(request, 503, "too_many_watchers", message);
    }
  }

  private static HttpServerResponse head(HttpServerResponse response) {
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private void tick() {
    workers
        .make(this::read)
        .onSuccess(event -> watching().forEach(response -> send(response, event)));
  }

  private Buffer read() {
    figures.read();
    return watching().isEmpty() ? Buffer.buffer() : event(false);
  }

  /** A page that takes less than it is given is let go; it comes back by itself. */
  private void send(HttpServerResponse response, Buffer event) {
    if (response.closed()) {
      leave(response);
    } else if (response.writeQueueFull()) {
      leave(response);
      response.reset();
    } else if (event.length() > 0) {
      response.write(event);
    }
  }

  private Buffer event(boolean first) {
    Buffer json =
        Responses.object(out -> {
          journal(out);
          live.write(first, out);
        });
    return Buffer.buffer("data: ").appendBuffer(json).appendString("\n\n");
  }

  private void journal(JsonGenerator json) {
    if (journal == null) {
      json.writeNullProperty("journal");
      return;
    }
    JournalState state = journal.state();
    json.writeObjectPropertyStart("journal");
    json.writeStringProperty("status", Labels.of(state.status()));
    json.writeNumberProperty("since", state.since());
    json.writeStringProperty("reason", state.reason());
    json.writeNumberProperty("waiting", state.counts().waiting());
    json.writeNumberProperty("lost", state.counts().lost());
    json.writeEndObject();
  }

  private synchronized boolean takePlace(HttpServerResponse response) {
    return watchers.size() < MOST_WATCHERS && watchers.add(response);
  }

  private synchronized void begin(HttpServerResponse response, Buffer first) {
    send(response, first);
    if (watchers.contains(response)) {
      begun.add(response);
    }
  }

  private synchronized void leave(HttpServerResponse response) {
    watchers.remove(response);
    begun.remove(response);
  }

  private synchronized List<HttpServerResponse> watching() {
    return List.copyOf(begun);
  }
}
