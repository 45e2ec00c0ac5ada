package com.langdock.reliability.gateway.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds the usage of processes that have ended to one row for each subject and period, which changes
 * no sum. A slice is one transaction, so that no row counts twice or not at all.
 *
 * <p>A process that said so has ended; one that was killed counts as ended when it was not seen for
 * a week. A process that is cut off from the database for a week and then comes back would count
 * twice what it wrote before.
 */
final class EndedReplicas {
  /** The name under which ended processes are added up. */
  static final String TOGETHER = "ended";

  /** Rows of one transaction. */
  static final int SLICE = 500;

  private static final long UNSEEN_MILLIS = 7L * 24 * 3_600 * 1_000;

  /** Processes of releases that had no row; their week begins when they are found. */
  private static final String UNKNOWN =
      """
      insert into replicas (id, host, seen_version, seen_at)
      select distinct u.replica, '', 0, cast(? as bigint) from usage u
      where u.replica <> 'ended' and not exists (select 1 from replicas r where r.id = u.replica)
      on conflict do nothing
      """;

  private static final String ENDED =
      "select id from replicas where ended = 1 or seen_at < ? order by seen_at, id limit 1";

  private static final List<Fold> FOLDS =
      List.of(
          new Fold(
              "usage",
              List.of("subject", "period"),
              List.of("requests", "input", "cached_input", "output", "spent"),
              List.of("alerted", "full_requests", "full_tokens")),
          new Fold(
              "usage_days",
              List.of(
                  "day",
                  "key_id",
                  "team",
                  "model",
                  "answered_model",
                  "provider",
                  "client_id",
                  "tags"),
              List.of("requests", "input", "cached_input", "output", "spent"),
              List.of()));

  private final Connection connection;

  /** Works within the transaction of {@code connection}, which sees one state of the database. */
  EndedReplicas(Connection connection) {
    this.connection = connection;
  }

  /**
   * How the rows of one table are added up.
   *
   * @param sums columns that are added
   * @param greatest columns of which the greatest value stays
   */
  private record Fold(String table, List<String> key, List<String> sums, List<String> greatest) {
    String keys() {
      return "select %s from %s where replica = ? order by %s limit %d"
          .formatted(joined(key), table, joined(key), SLICE);
    }

    String add() {
      List<String> columns = new ArrayList<>(key);
      columns.addAll(sums);
      columns.addAll(greatest);
      List<String> changes = new ArrayList<>();
      sums.forEach(sum -> changes.add("%s = %s.%s + excluded.%s".formatted(sum, table, sum, sum)));
      greatest.forEach(each ->
          changes.add(
              "%1$s = case when excluded.%1$s > %2$s.%1$s then excluded.%1$s else %2$s.%1$s end"
                  .formatted(each, table)));
      return """
      insert into %s (replica, %s) select '%s', %s from %s where %s
      on conflict (%s, replica) do update set %s
      """
          .formatted(
              table,
              joined(columns),
              TOGETHER,
              joined(columns),
              table,
              isRow(),
              joined(key),
              joined(changes));
    }

    String remove() {
      return "delete from %s where %s".formatted(table, isRow());
    }

    private String isRow() {
      return "replica = ? and "
          + key.stream().map(column -> column + " = ?").collect(Collectors.joining(" and "));
    }

    private static String joined(List<String> columns) {
      return String.join(", ", columns);
    }
  }

  /**
   * Adds up some rows of one process.
   *
   * @param now in milliseconds since 1970
   * @return whether there may be more to do
   */
  boolean fold(long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNKNOWN)) {
      statement.setLong(1, now);
      statement.executeUpdate();
    }
    String replica = ended(now - UNSEEN_MILLIS);
    if (replica == null) {
      return false;
    }
    for (Fold fold : FOLDS) {
      if (fold(fold, replica)) {
        return true;
      }
    }
    try (PreparedStatement statement =
        connection.prepareStatement("delete from replicas where id = ?")) {
      statement.setString(1, replica);
      statement.executeUpdate();
    }
    return true;
  }

  private @Nullable String ended(long unseenSince) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
      statement.setLong(1, unseenSince);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  /** Whether there were rows. */
  private boolean fold(Fold fold, String replica) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(fold.keys())) {
      statement.setString(1, replica);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= fold.key().size(); i++) {
            values.add(row.getString(i));
          }
          rows.add(values);
        }
      }
    }
    if (!rows.isEmpty()) {
      onEach(rows, replica, fold.add());
      onEach(rows, replica, fold.remove());
    }
    return !rows.isEmpty();
  }

  private void onEach(List<List<String>> rows, String replica, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (List<String> row : rows) {
        statement.setString(1, replica);
        for (int i = 0; i < row.size(); i++) {
          statement.setString(i + 2, row.get(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
