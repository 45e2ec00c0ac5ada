package com.langdock.reliability.gateway.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

/** The differences between the two databases. */
enum Dialect {
  /** Rows lie in the order of their keys, so that a request's rows are neighbours. */
  SQLITE(
      "without rowid",
      "blob",
      """
      select (page_count - freelist_count) * page_size as number
      from pragma_page_count(), pragma_freelist_count(), pragma_page_size()
      """,
      "select count(*) as number from requests") {
    @Override
    boolean isRefusalItself(SQLException failed) {
      return REFUSALS.contains(failed.getErrorCode() & PRIMARY_CODE);
    }
  },

  /** The space of removed rows is reused, but still counts. */
  POSTGRES(
      "",
      "bytea",
      """
      select coalesce(sum(pg_total_relation_size(part.oid)), 0)::bigint as number
      from pg_class part
      left join pg_inherits i on i.inhrelid = part.oid
      left join pg_class whole on whole.oid = i.inhparent
      where part.relkind = 'r' and part.relnamespace = current_schema()::regnamespace
        and coalesce(whole.relname, part.relname) in
          ('requests', 'attempt_rows', 'steps', 'contents', 'breaker_changes', 'names_seen')
      """,
      """
      with known as (
        select coalesce(sum(part.reltuples) filter (where part.reltuples > 0), 0)::bigint as rows
        from pg_inherits i join pg_class part on part.oid = i.inhrelid
        where i.inhparent = 'requests'::regclass)
      select case when rows > 0 then rows else (select count(*) from requests) end as number
      from known
      """) {
    @Override
    boolean isRefusalItself(SQLException failed) {
      String state = failed.getSQLState();
      return state != null && state.length() == 5 && STATES.contains(state.substring(0, 2));
    }
  };

  /** Of SQLite: too big, constraint, mismatch, range; the low byte of an error's code. */
  private static final Set<Integer> REFUSALS = Set.of(18, 19, 20, 25);

  private static final int PRIMARY_CODE = 0xff;
  private static final int MAX_CAUSES = 4;

  /** Of PostgreSQL: data exceptions, integrity constraints, limits of the program. */
  private static final Set<String> STATES = Set.of("22", "23", "54");

  private final String tableOptions;
  private final String bytes;
  private final String sizeQuery;
  private final String countQuery;

  Dialect(String tableOptions, String bytes, String sizeQuery, String countQuery) {
    this.tableOptions = tableOptions;
    this.bytes = bytes;
    this.sizeQuery = sizeQuery;
    this.countQuery = countQuery;
  }

  /** The placeholders of the schema's scripts. */
  Map<String, String> placeholders() {
    return Map.of("table_options", tableOptions, "bytes", bytes);
  }

  /** A query for the bytes that the journal uses. */
  String sizeQuery() {
    return sizeQuery;
  }

  /** A query for the approximate number of requests. */
  String countQuery() {
    return countQuery;
  }

  /** The version of the schema that a database needs at least. */
  int schemaVersion() {
    return this == SQLITE ? Schema.VERSION : Math.max(Schema.VERSION, Schema.POSTGRES_VERSION);
  }

  /** Where the scripts of its schema are. */
  String[] scripts() {
    String folder = "classpath:com/langdock/reliability/gateway/journal/";
    return this == SQLITE
        ? new String[] {folder + "store"}
        : new String[] {folder + "store", folder + "postgres"};
  }

  /** The database's clock, in milliseconds since 1970. */
  long now(Connection connection) throws SQLException {
    String query =
        this == SQLITE
            ? "select cast((julianday('now') - 2440587.5) * 86400000 as integer)"
            : "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether no other process has entered {@code section} in a transaction that still runs. */
  boolean isFirst(String section, Connection connection) throws SQLException {
    if (this == SQLITE) {
      return true; // Only one process writes at a time.
    }
    String query = "select pg_try_advisory_xact_lock(hashtext(?)::bigint)";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, section);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Has the next commits of a connection outlive a loss of power; returns how it was before. */
  String makeDurable(Connection connection) throws SQLException {
    if (this == POSTGRES) {
      return ""; // It does so unless its operator decides otherwise.
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma synchronous")) {
      String before = row.next() ? row.getString(1) : "1";
      restore("2", connection);
      return before;
    }
  }

  /** Has the commits of a connection be as they were. */
  void restore(String before, Connection connection) throws SQLException {
    if (this == SQLITE) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("pragma synchronous = " + before);
      }
    }
  }

  /** Whether the database works but refuses a row because of its values. */
  boolean isRefusal(SQLException failed) {
    Throwable cause = failed; // A batch's exception has the database's own as its cause.
    for (int i = 0; i < MAX_CAUSES && cause instanceof SQLException sql; i++) {
      if (isRefusalItself(sql)) {
        return true;
      }
      cause = sql.getCause();
    }
    return false;
  }

  /** Whether this exception, its causes aside, is such a refusal. */
  abstract boolean isRefusalItself(SQLException failed);
}
