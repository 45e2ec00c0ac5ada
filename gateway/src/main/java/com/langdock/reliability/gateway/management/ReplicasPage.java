package com.langdock.reliability.gateway.management;

import com.langdock.reliability.gateway.journal.JournalBusyException;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.journal.store.ReplicaRow;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/replicas}: the gateways that share the store. */
final class ReplicasPage {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicasPage.class);

  private final Vertx vertx;
  private final @Nullable JournalReader journal;

  ReplicasPage(Vertx vertx, @Nullable JournalReader journal) {
    this.vertx = vertx;
    this.journal = journal;
  }

  void show(HttpServerRequest request) {
    if (journal == null) {
      answer(request, List.of());
      return;
    }
    var context = vertx.getOrCreateContext();
    var _ =
        journal
            .submit(JournalReader::replicas)
            .whenComplete((rows, problem) ->
                context.runOnContext(ignored -> {
                  if (problem == null) {
                    answer(request, rows);
                  } else {
                    failed(request, problem);
                  }
                }));
  }

  private static void failed(HttpServerRequest request, Throwable problem) {
    if (!(problem instanceof JournalBusyException)) {
      LOG.warn("replicas cannot be read", problem);
    }
    Responses.error(request, 503, "journal_unavailable", "Replicas cannot be read now.");
  }

  private static void answer(HttpServerRequest request, List<ReplicaRow> rows) {
    Responses.json(
        request,
        200,
        json -> {
          json.writeArrayPropertyStart("replicas");
          rows.forEach(row -> write(row, json));
          json.writeEndArray();
        });
  }

  private static void write(ReplicaRow row, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", row.id());
    json.writeStringProperty("host", row.process().host());
    json.writeBooleanProperty("alive", row.isAlive());
    json.writeNumberProperty("seen_ms_ago", row.seenMillisAgo());
    json.writeNumberProperty("started_at_ms", row.startedAt());
    json.writeStringProperty("version", row.process().software());
    json.writeNumberProperty("config_version", row.process().configVersion());
    json.writeStringProperty("config_sha256", row.process().configSha256());
    json.writeNumberProperty("keys_version", row.keysVersion());
    json.writeEndObject();
  }
}
