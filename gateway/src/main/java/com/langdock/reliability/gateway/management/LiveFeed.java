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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/live}: one event a second with the current state; the first includes the history.
 */
final class LiveFeed {
  /** The most pages that may be connected at once. */
  static final int MAX_SUBSCRIBERS = 32;

  private static final long EVERY_MILLIS = 1_000;
  private static final int MAX_WAITING_BYTES = 512 * 1024;

  private final Vertx vertx;
  private final Workers workers;
  private final LiveFigures figures;
  private final Supplier<LiveJson> live;
  private final @Nullable JournalReader journal;
  private final long timer;

  /** All subscribers, and those of them that have had their first event. */
  private final Set<HttpServerResponse> subscribers = new LinkedHashSet<>();

  private final Set<HttpServerResponse> ready = new LinkedHashSet<>();

  /**
   * A feed that starts to read the figures.
   *
   * @param live made for each event, from what is configured then
   * @param journal null where none is kept
   */
  LiveFeed(
      Vertx vertx,
      Workers workers,
      LiveFigures figures,
      Supplier<LiveJson> live,
      @Nullable JournalReader journal) {
    this.vertx = vertx;
    this.workers = workers;
    this.figures = figures;
    this.live = live;
    this.journal = journal;
    timer = vertx.setPeriodic(EVERY_MILLIS, tick -> tick());
  }

  /** Stops reading the figures. */
  void close() {
    vertx.cancelTimer(timer);
  }

  void show(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (request.method().equals(HttpMethod.HEAD)) {
      head(response).end();
    } else if (subscribe(response)) {
      response.closeHandler(gone -> unsubscribe(response));
      head(response).setChunked(true).setWriteQueueMaxSize(MAX_WAITING_BYTES);
      workers.submit(() -> event(true)).onSuccess(first -> start(response, first));
    } else {
      String message = "At most " + MAX_SUBSCRIBERS + " pages may be connected at once.";
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
        .submit(this::read)
        .onSuccess(event -> ready().forEach(response -> send(response, event)));
  }

  private Buffer read() {
    figures.read();
    return ready().isEmpty() ? Buffer.buffer() : event(false);
  }

  /** Disconnects a slow client; its EventSource reconnects. */
  private void send(HttpServerResponse response, Buffer event) {
    if (response.closed()) {
      unsubscribe(response);
    } else if (response.writeQueueFull()) {
      unsubscribe(response);
      response.reset();
    } else if (event.length() > 0) {
      response.write(event);
    }
  }

  private Buffer event(boolean first) {
    Buffer json =
        Responses.object(out -> {
          journal(out);
          live.get().write(first, out);
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

  private synchronized boolean subscribe(HttpServerResponse response) {
    return subscribers.size() < MAX_SUBSCRIBERS && subscribers.add(response);
  }

  private synchronized void start(HttpServerResponse response, Buffer first) {
    send(response, first);
    if (subscribers.contains(response)) {
      ready.add(response);
    }
  }

  private synchronized void unsubscribe(HttpServerResponse response) {
    subscribers.remove(response);
    ready.remove(response);
  }

  private synchronized List<HttpServerResponse> ready() {
    return List.copyOf(ready);
  }
}
