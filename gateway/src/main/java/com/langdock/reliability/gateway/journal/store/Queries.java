package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Labels;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what was written. */
final class Queries {
  private static final int MOST_CHANGES = 1_000;

  private final Connection connection;
  private final ReadLimit limit;

  /** Queries that are limited by {@code limit}. */
  Queries(Connection connection, ReadLimit limit) {
    this.connection = connection;
    this.limit = limit;
  }

  List<RequestRow> requests(RequestFilter filter) throws SQLException {
    return new RequestSearch(this, filter).find();
  }

  /** The newest requests under some conditions. */
  List<RequestRow> requests(Conditions conditions, int most) throws SQLException {
    List<Object> values = new ArrayList<>(conditions.values());
    values.add(most);
    return rows(
        "select * from requests r" + conditions.where() + " order by r.request_id desc limit ?",
        values,
        Queries::request);
  }

  /** Minutes before {@code below} in which a name occurs, the last first. */
  List<Long> minutes(NameSeen.Kind kind, String name, long below, int most) throws SQLException {
    return rows(
        """
        select minute from names_seen where kind = ? and name = ? and minute < ?
        order by minute desc limit ?
        """,
        List.of(Labels.of(kind), name, below, most),
        row -> row.whole("minute"));
  }

  Optional<JournalEntry> request(String requestId) throws SQLException {
    List<Object> id = List.of(requestId);
    List<RequestRow> found =
        rows("select * from requests where request_id = ?", id, Queries::request);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new JournalEntry(
            found.getFirst(),
            rows(
                "select * from attempts where request_id = ? order by attempt_number",
                id,
                Queries::attempt),
            rows("select * from steps where request_id = ? order by position", id, Queries::step)));
  }

  List<BreakerRow> breakerChanges(long from, long to) throws SQLException {
    return rows(
        "select * from breaker_changes where at between ? and ? order by at limit " + MOST_CHANGES,
        List.of(from, to),
        Queries::change);
  }

  /** The request older than which {@code count} of those before {@code id} are; empty for fewer. */
  Optional<String> idAfter(int count, String id) throws SQLException {
    return rows(
            """
            select request_id from requests where request_id < ?
            order by request_id limit 1 offset ?
            """,
            List.of(id, count),
            row -> row.text("request_id"))
        .stream()
        .findFirst();
  }

  /** The column {@code number} of a query's only row. */
  long number(String query) throws SQLException {
    return rows(query, List.of(), row -> row.whole("number")).getFirst();
  }

  /** Maps a row. */
  interface Mapper<T> {
    T map(Columns.Reader row) throws SQLException;
  }

  /** The rows of a query with these parameters. */
  <T> List<T> rows(String query, List<?> values, Mapper<T> mapper) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      limit.apply(statement);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        Columns.Reader reader = new Columns.Reader(result);
        while (result.next()) {
          rows.add(mapper.map(reader));
        }
      }
      return rows;
    }
  }

  private static RequestRow request(Columns.Reader row) throws SQLException {
    return new RequestRow(
        new RequestRow.Ids(
            row.text("request_id"),
            row.textOrNull("client_request_id"),
            row.textOrNull("client_id"),
            row.textOrNull("trace_id"),
            key(row)),
        new RequestRow.Asked(row.textOrNull("model"), row.flag("stream")),
        new RequestRow.Times(
            row.whole("started_at"), row.whole("latency_us"), row.wholeOrNull("first_token_us")),
        new RequestRow.Result(
            outcome(row.text("outcome")), row.textOrNull("code"), row.textOrNull("param")),
        row.targetOrNull("provider", "answered_model"),
        row.small("attempts"),
        row.cost());
  }

  private static RequestRow.@Nullable Key key(Columns.Reader row) throws SQLException {
    String id = row.textOrNull("key_id");
    return id == null
        ? null
        : new RequestRow.Key(id, row.textOrNull("team"), row.textOrNull("metadata"));
  }

  private static AttemptRow attempt(Columns.Reader row) throws SQLException {
    return new AttemptRow(
        row.small("attempt_number"),
        row.target("provider", "model"),
        row.flag("probe"),
        new AttemptRow.Times(
            row.whole("start_us"), row.whole("latency_us"), row.wholeOrNull("first_token_us")),
        new AttemptRow.Result(
            outcome(row.text("status")),
            row.textOrNull("error_type"),
            row.textOrNull("error_message"),
            row.smallOrNull("http_status"),
            row.wholeOrNull("retry_after_ms")),
        row.cost());
  }

  private static StepRow step(Columns.Reader row) throws SQLException {
    return new StepRow(
        row.whole("at_us"),
        StepRow.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.target("provider", "model"),
        row.targetOrNull("from_provider", "from_model"),
        row.wholeOrNull("wait_us"),
        row.textOrNull("reason"));
  }

  private static BreakerRow change(Columns.Reader row) throws SQLException {
    return new BreakerRow(
        row.whole("at"),
        row.text("breaker"),
        row.text("from_state"),
        row.text("to_state"),
        row.text("why"));
  }

  private static RequestOutcome outcome(String label) {
    return RequestOutcome.of(label).orElse(RequestOutcome.FAILED);
  }
}
