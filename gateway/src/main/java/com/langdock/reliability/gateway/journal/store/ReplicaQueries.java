package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.store.ReplicaRow.About;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The rows of processes in PostgreSQL. */
final class ReplicaQueries {
  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

  private static final String SAY =
      """
      insert into replicas (id, host, seen_version, seen_at, started_at, software, config_sha256,
        config_version)
      values (?, ?, 0, %1$s, %1$s, ?, ?, ?)
      on conflict (id) do update set host = excluded.host, seen_at = excluded.seen_at,
        software = excluded.software, config_sha256 = excluded.config_sha256,
        config_version = excluded.config_version
      """
          .formatted(NOW);

  private static final String ALIVE =
      "select count(*) from replicas where ended = 0 and host <> '' and seen_at > "
          + NOW
          + " - 10000";

  private static final String END =
      """
      insert into replicas (id, host, seen_version, seen_at, started_at, ended)
      values (?, '', 0, %1$s, %1$s, 1)
      on conflict (id) do update set ended = 1, seen_at = excluded.seen_at
      """
          .formatted(NOW);

  /** What it was promised is there for others at once. */
  private static final String RELEASE =
      "update usage set alive_until = 0 where replica = ? and alive_until > 0";

  private static final String ALL =
      """
      select id, host, software, config_sha256, config_version, started_at, ended, seen_version,
        %s - seen_at as ago
      from replicas where host <> '' order by ended, host, id limit 1000
      """
          .formatted(NOW);

  private ReplicaQueries() {}

  /** Says that a process lives; returns how many do. */
  static int say(String id, About process, Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAY)) {
      statement.setString(1, id);
      statement.setString(2, process.host());
      statement.setString(3, process.software());
      statement.setString(4, process.configSha256());
      statement.setLong(5, process.configVersion());
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(ALIVE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Says that a process has ended, and has written all that it used. */
  static void end(String id, Connection connection) throws SQLException {
    for (String sql : List.of(RELEASE, END)) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, id);
        statement.executeUpdate();
      }
    }
  }

  /** All processes that are known, those that live first. */
  static List<ReplicaRow> all(Queries queries) throws SQLException {
    return queries.rows(
        ALL,
        List.of(),
        row ->
            new ReplicaRow(
                row.text("id"),
                new About(
                    row.text("host"),
                    row.text("software"),
                    row.text("config_sha256"),
                    row.whole("config_version")),
                row.whole("started_at"),
                row.whole("ago"),
                row.flag("ended"),
                row.whole("seen_version")));
  }
}
