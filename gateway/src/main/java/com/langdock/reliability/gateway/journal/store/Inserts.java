package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Labels;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch within a transaction. Existing rows stay as they are, so that a batch whose commit
 * is uncertain can be written again.
 */
final class Inserts {
  /** Ordinary requests in one statement, since most of a statement's cost is fixed. */
  private static final int TOGETHER = 16;

  private static final String ORDINARY = ordinary(1, false);
  private static final String MANY_ORDINARY = ordinary(TOGETHER, false);
  private static final String KEYED = ordinary(1, true);
  private static final String MANY_KEYED = ordinary(TOGETHER, true);
  private static final String REQUEST =
      insert(
          "requests",
          """
          request_id, client_request_id, client_id, trace_id, started_at, latency_us,
          first_token_us, stream, outcome, code, param, model, provider, answered_model, attempts,
          input_tokens, cached_input_tokens, output_tokens, cost_picodollars, only_start_us,
          only_latency_us, only_first_token_us, key_id, team, metadata\
          """);
  private static final String ATTEMPT =
      insert(
          "attempt_rows",
          """
          request_id, attempt_number, provider, model, start_us, latency_us, first_token_us, status,
          error_type, error_message, http_status, retry_after_ms, probe, input_tokens,
          cached_input_tokens, output_tokens, cost_picodollars\
          """);
  private static final String STEP =
      insert(
          "steps",
          """
          request_id, position, at_us, kind, provider, model, from_provider, from_model, wait_us,
          reason\
          """);
  private static final String CONTENTS = insert("contents", "request_id, request, answer, cut");
  private static final String CHANGE =
      insert("breaker_changes", "at, breaker, from_state, to_state, why");
  private static final String NAME = insert("names_seen", "kind, name, minute");

  private final Connection connection;

  Inserts(Connection connection) {
    this.connection = connection;
  }

  private static String insert(String table, String columns) {
    int count = columns.split(",").length;
    return "insert into %s (%s) values (%s) on conflict do nothing"
        .formatted(table, columns, parameters(count));
  }

  /**
   * The values that all ordinary requests share are in the statement; their other columns are null.
   *
   * @param keyed whether they came with client keys
   */
  private static String ordinary(int rows, boolean keyed) {
    return """
    insert into requests (request_id, trace_id, started_at, latency_us, model, provider,
      answered_model, input_tokens, cached_input_tokens, output_tokens, cost_picodollars,
      only_start_us, only_latency_us, %sstream, outcome, attempts)
    values %s on conflict do nothing
    """
        .formatted(
            keyed ? "key_id, team, metadata, " : "",
            String.join(
                ", ",
                Collections.nCopies(
                    rows, "(" + parameters(keyed ? 16 : 13) + ", 0, 'success', 1)")));
  }

  private static String parameters(int columns) {
    return String.join(", ", Collections.nCopies(columns, "?"));
  }

  /** Writes the rows of a batch, and names that may be missing. */
  void write(JournalBatch batch, Collection<NameSeen> names) throws SQLException {
    List<JournalEntry> ordinary = new ArrayList<>(batch.entries().size());
    List<JournalEntry> keyed = new ArrayList<>();
    List<JournalEntry> others = new ArrayList<>();
    for (JournalEntry entry : batch.entries()) {
      List<JournalEntry> alike = entry.request().ids().key() == null ? ordinary : keyed;
      (entry.isOrdinary() ? alike : others).add(entry);
    }
    ordinary(ordinary, MANY_ORDINARY, ORDINARY);
    ordinary(keyed, MANY_KEYED, KEYED);
    rows(REQUEST, 1, others, Inserts::request);
    rows(ATTEMPT, 1, others, Inserts::attempts);
    rows(STEP, 1, others, Inserts::steps);
    rows(CONTENTS, 1, batch.contents(), Inserts::contents);
    rows(CHANGE, 1, batch.changes().stream().sorted(BreakerRow.ORDER).toList(), Inserts::change);
    rows(NAME, 1, names, Inserts::name);
    UsageInserts.write(batch.usage(), connection);
  }

  private void ordinary(List<JournalEntry> entries, String many, String one) throws SQLException {
    int inMany = entries.size() / TOGETHER * TOGETHER;
    rows(many, TOGETHER, entries.subList(0, inMany), Inserts::ordinary);
    rows(one, 1, entries.subList(inMany, entries.size()), Inserts::ordinary);
  }

  /** Adds the rows of one object. */
  private interface Binder<T> {
    void bind(T thing, Columns.Writer row) throws SQLException;
  }

  private <T> void rows(String insert, int together, Collection<T> things, Binder<T> binder)
      throws SQLException {
    if (things.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      Columns.Writer row = new Columns.Writer(statement, together);
      for (T thing : things) {
        binder.bind(thing, row);
      }
      statement.executeBatch();
    }
  }

  private static void ordinary(JournalEntry entry, Columns.Writer row) throws SQLException {
    RequestRow request = entry.request();
    AttemptRow only = entry.attempts().getFirst();
    row.text(request.requestId())
        .text(request.ids().trace())
        .whole(request.times().startedAt())
        .whole(request.times().latencyMicros())
        .text(request.asked().model())
        .target(request.answeredBy())
        .cost(request.cost())
        .whole(only.times().startMicros())
        .whole(only.times().latencyMicros());
    if (request.ids().key() != null) {
      key(request.ids().key(), row);
    }
    row.add();
  }

  private static void request(JournalEntry entry, Columns.Writer row) throws SQLException {
    RequestRow request = entry.request();
    AttemptRow only = entry.onlyAttempt().orElse(null);
    row.text(request.requestId())
        .text(request.ids().clientRequest())
        .text(request.ids().client())
        .text(request.ids().trace())
        .whole(request.times().startedAt())
        .whole(request.times().latencyMicros())
        .whole(request.times().firstTokenMicros())
        .flag(request.asked().stream())
        .text(Labels.of(request.result().outcome()))
        .text(request.result().code())
        .text(request.result().param())
        .text(request.asked().model())
        .target(request.answeredBy())
        .whole(request.attempts())
        .cost(request.cost())
        .whole(only == null ? null : only.times().startMicros())
        .whole(only == null ? null : only.times().latencyMicros())
        .whole(only == null ? null : only.times().firstTokenMicros());
    key(request.ids().key(), row);
    row.add();
  }

  private static void key(RequestRow.@Nullable Key key, Columns.Writer row) throws SQLException {
    row.text(key == null ? null : key.id())
        .text(key == null ? null : key.team())
        .text(key == null ? null : key.metadata());
  }

  private static void attempts(JournalEntry entry, Columns.Writer row) throws SQLException {
    if (entry.onlyAttempt().isPresent()) {
      return;
    }
    for (AttemptRow attempt : entry.attempts()) {
      row.text(entry.request().requestId())
          .whole(attempt.number())
          .target(attempt.target())
          .whole(attempt.times().startMicros())
          .whole(attempt.times().latencyMicros())
          .whole(attempt.times().firstTokenMicros())
          .text(Labels.of(attempt.result().status()))
          .text(attempt.result().errorType())
          .text(attempt.result().errorMessage())
          .small(attempt.result().httpStatus())
          .whole(attempt.result().retryAfterMillis())
          .flag(attempt.probe())
          .cost(attempt.cost())
          .add();
    }
  }

  private static void steps(JournalEntry entry, Columns.Writer row) throws SQLException {
    int position = 0;
    for (StepRow step : entry.steps()) {
      row.text(entry.request().requestId())
          .whole(position++)
          .whole(step.atMicros())
          .text(Labels.of(step.kind()))
          .target(step.target())
          .target(step.from())
          .whole(step.waitMicros())
          .text(step.reason())
          .add();
    }
  }

  private static void contents(ContentsRow contents, Columns.Writer row) throws SQLException {
    row.text(contents.requestId())
        .bytes(contents.request())
        .bytes(contents.answer())
        .flag(contents.cut())
        .add();
  }

  private static void change(BreakerRow change, Columns.Writer row) throws SQLException {
    row.whole(change.at())
        .text(change.breaker())
        .text(change.from())
        .text(change.to())
        .text(change.why())
        .add();
  }

  private static void name(NameSeen seen, Columns.Writer row) throws SQLException {
    row.text(Labels.of(seen.kind())).text(seen.name()).whole(seen.minute()).add();
  }
}
