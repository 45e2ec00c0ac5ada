package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.journal.JournalBusyException;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.journal.store.BreakerRow;
import com.langdock.reliability.gateway.journal.store.JournalEntry;
import com.langdock.reliability.gateway.journal.store.RequestRow;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/requests}, and {@code /api/requests/{id}}: requests of the journal. */
final class RequestsPage {
  /** Where one request is, by its id. */
  static final String PREFIX = "/api/requests/";

  private static final Logger LOG = LoggerFactory.getLogger(RequestsPage.class);

  private final Vertx vertx;
  private final @Nullable JournalReader journal;

  /** Pages of {@code journal}, null where none is kept. */
  RequestsPage(Vertx vertx, @Nullable JournalReader journal) {
    this.vertx = vertx;
    this.journal = journal;
  }

  /** A list. */
  void list(HttpServerRequest request) {
    switch (RequestQuery.of(request.params())) {
      case RequestQuery.Wrong wrong ->
          Responses.error(request, 400, "invalid_value", wrong.message());
      case RequestQuery.Wanted wanted ->
          read(
              request,
              reader -> {
                List<RequestRow> found = reader.requests(wanted.filter());
                int limit = wanted.filter().limit();
                return Optional.of(
                    Responses.object(json -> new RequestJson(json).requests(found, limit)));
              });
    }
  }

  /** One request. */
  void one(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), PREFIX);
    String id = path.substring(PREFIX.length());
    read(request, reader -> one(id, reader));
  }

  private static Optional<Buffer> one(String id, JournalReader reader) throws SQLException {
    Optional<JournalEntry> found = reader.request(id);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<BreakerRow> changes = reader.breakerChanges(found.get().request());
    List<TimelineEntry> timeline = Timeline.of(found.get(), changes);
    return Optional.of(
        Responses.object(json -> new RequestJson(json).entry(found.get(), timeline)));
  }

  private void read(HttpServerRequest request, JournalReader.Query<Optional<Buffer>> query) {
    JournalReader reader = journal;
    if (reader == null) {
      String message = "No journal is kept: store.url is none.";
      Responses.error(request, 404, "journal_off", message);
      return;
    }
    Context context = vertx.getOrCreateContext();
    var _ =
        reader
            .submit(query)
            .whenComplete((found, problem) ->
                context.runOnContext(then -> {
                  if (problem == null) {
                    answer(request, found);
                  } else {
                    refuse(request, problem);
                  }
                }));
  }

  private static void refuse(HttpServerRequest request, Throwable problem) {
    if (problem instanceof JournalBusyException) {
      request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      String message = "Too many reads of the journal are waiting; retry in a second.";
      Responses.error(request, 503, "journal_busy", message);
    } else {
      LOG.warn("the journal cannot be read", problem);
      String message = "The journal cannot be read; the log says why.";
      Responses.error(request, 503, "journal_unavailable", message);
    }
  }

  private static void answer(HttpServerRequest request, Optional<Buffer> found) {
    if (found.isPresent()) {
      Responses.json(request, 200, found.get());
    } else {
      Responses.error(request, 404, "not_found", "No request of this id is in the journal.");
    }
  }
}
