package com.langdock.reliability.gateway.journal.store;

import java.sql.SQLException;
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
      select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint as number
      from pg_stat_user_tables
      where schemaname = current_schema()
        and relname in
          ('requests', 'attempt_rows', 'steps', 'contents', 'breaker_changes', 'names_seen')
      """,
      """
      select case when reltuples > 0 then reltuples::bigint
        else (select count(*) from requests) end as number
      from pg_class where oid = 'requests'::regclass
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
