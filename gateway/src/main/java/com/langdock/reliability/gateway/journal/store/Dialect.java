package com.langdock.reliability.gateway.journal.store;

import java.util.Map;

/** Where the two databases differ. */
enum Dialect {
  /** Rows lie in the order of their keys, so that a request's rows are neighbours. */
  SQLITE(
      "without rowid",
      "blob",
      """
      select (page_count - freelist_count) * page_size
      from pragma_page_count(), pragma_freelist_count(), pragma_page_size()
      """),

  /** Room that removed rows leave is used again, but still counts. */
  POSTGRES(
      "",
      "bytea",
      """
      select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint
      from pg_stat_user_tables
      where schemaname = current_schema()
        and relname in ('requests', 'attempt_rows', 'steps', 'contents', 'breaker_changes')
      """);

  private final String tableOptions;
  private final String bytes;
  private final String sizeQuery;

  Dialect(String tableOptions, String bytes, String sizeQuery) {
    this.tableOptions = tableOptions;
    this.bytes = bytes;
    this.sizeQuery = sizeQuery;
  }

  /** What the schema leaves open. */
  Map<String, String> placeholders() {
    return Map.of("table_options", tableOptions, "bytes", bytes);
  }

  /** Asks for the bytes that the journal takes. */
  String sizeQuery() {
    return sizeQuery;
  }
}
