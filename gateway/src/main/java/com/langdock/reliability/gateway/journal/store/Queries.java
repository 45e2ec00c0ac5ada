package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.entry.AttemptRow;
import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.Outcome;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import com.langdock.reliability.gateway.journal.entry.StepRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what was written. */
final class Queries {
  private static final int MOST_CHANGES = 1_000;

  private final Connection connection;

  Queries(Connection connection) {
    this.connection = connection;
  }

  List<RequestRow> requests(RequestFilter filter) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    condition("provider = ?", filter.provider(), conditions, values);
    condition("model = ?", filter.model(), conditions, values);
    condition("outcome = ?", word(filter.outcome()), conditions, values);
    condition("request_id < ?", filter.before(), conditions, values);
    values.add(filter.limit());
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return rows(
        "select * from requests" + where + " order by request_id desc limit ?",
        values,
        Queries::request);
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
        row -> new BreakerRow(row.whole(), row.text(), row.text(), row.text(), row.text()));
  }

  /** The request older than which {@code percent} of all are, empty when there are none. */
  Optional<String> idAfter(int percent) throws SQLException {
    long count = number("select count(*) from requests");
    return rows(
            "select request_id from requests order by request_id limit 1 offset ?",
            List.of(1 + count * percent / 100),
            Columns.Reader::text)
        .stream()
        .findFirst();
  }

  /** The one number that a query answers. */
  long number(String query) throws SQLException {
    return rows(query, List.of(), Columns.Reader::whole).getFirst();
  }

  private static void condition(
      String condition, @Nullable String value, List<String> conditions, List<Object> values) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }

  private static @Nullable String word(@Nullable Outcome outcome) {
    return outcome == null ? null : outcome.word();
  }

  /** Makes something of a row. */
  private interface Mapper<T> {
    T map(Columns.Reader row) throws SQLException;
  }

  private <T> List<T> rows(String query, List<Object> values, Mapper<T> mapper)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(new Columns.Reader(result)));
        }
      }
      return rows;
    }
  }

  private static RequestRow request(Columns.Reader row) throws SQLException {
    return new RequestRow(
        row.text(),
        row.textOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.whole(),
        row.whole(),
        row.wholeOrNull(),
        row.flag(),
        outcome(row.text()),
        row.textOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.textOrNull(),
        row.small(),
        row.cost());
  }

  private static AttemptRow attempt(Columns.Reader row) throws SQLException {
    row.text(); // The request's id is known.
    return new AttemptRow(
        row.small(),
        row.text(),
        row.text(),
        row.whole(),
        row.whole(),
        row.wholeOrNull(),
        outcome(row.text()),
        row.textOrNull(),
        row.textOrNull(),
        row.smallOrNull(),
        row.wholeOrNull(),
        row.flag(),
        row.cost());
  }

  private static StepRow step(Columns.Reader row) throws SQLException {
    row.text();
    row.small(); // Its position was for the order.
    return new StepRow(
        row.whole(),
        StepRow.Kind.valueOf(row.text().toUpperCase(Locale.ROOT)),
        row.text(),
        row.text(),
        row.textOrNull(),
        row.textOrNull(),
        row.wholeOrNull(),
        row.textOrNull());
  }

  private static Outcome outcome(String word) {
    return Outcome.of(word).orElse(Outcome.FAILED);
  }
}
