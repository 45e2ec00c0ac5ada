package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.GovernanceStore;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A journal in a database whose schema is up to date. */
final class Database implements JournalStore {
  /** For the writer, retention, two readers, the follower of keys, and a change of keys. */
  private static final int CONNECTIONS = 6;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration VALIDATE = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Names that need not be written again; cleared when there are more. */
  private static final int MAX_KNOWN = 10_000;

  private static final List<String> TABLES =
      List.of("steps", "attempt_rows", "contents", "requests");

  /** Rows of the oldest periods, at most so many. */
  private static final List<String> OLD_USAGE =
      List.of(
          """
          delete from usage where (subject, period, replica) in (
            select subject, period, replica from usage
            where period < ? and period <> 'total' order by subject, period, replica limit ?)
          """,
          """
          delete from usage_days
          where (day, replica, key_id, team, model, answered_model, provider, client_id, tags) in (
            select day, replica, key_id, team, model, answered_model, provider, client_id, tags
            from usage_days where day < ?
            order by day, replica, key_id, team, model, answered_model, provider, client_id, tags
            limit ?)
          """);

  private final HikariDataSource source;
  private final Dialect dialect;
  private final Presence presence;
  private final Ticker ticker;
  private final Set<NameSeen> known = ConcurrentHashMap.newKeySet();
  private final GovernanceStore governance = new GovernanceTables(this);

  private Database(HikariDataSource source, Dialect dialect, Presence presence, Ticker ticker) {
    this.source = source;
    this.dialect = dialect;
    this.presence = presence;
    this.ticker = ticker;
  }

  /** Checks that the opened store is still the one that the journal's address names. */
  interface Presence {
    /**
     * Checks once.
     *
     * @throws StoreGoneException when it is not
     */
    void check() throws StoreGoneException;
  }

  /** Opens connections to what {@code config} names. */
  static Database open(HikariConfig config, Dialect dialect, Presence presence, Ticker ticker) {
    config.setPoolName("journal");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setValidationTimeout(VALIDATE.toMillis());
    return new Database(new HikariDataSource(config), dialect, presence, ticker);
  }

  @Override
  public void write(JournalBatch batch) throws SQLException {
    Collection<NameSeen> names = NameSeen.in(batch, known);
    change(connection -> new Inserts(connection).write(batch, names));
    presence.check(); // Afterwards: what went to a file that is gone is written again.
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    known.addAll(names);
  }

  @Override
  public void check() throws SQLException {
    presence.check();
    if (dialect == Dialect.POSTGRES) {
      long _ = number("select 1 as number");
    }
  }

  @Override
  public boolean removeBefore(long cutoff, int most) throws SQLException {
    String end = "req_" + cutoff;
    Optional<String> next = read(queries -> queries.idAfter(most, end));
    String first = next.orElse(end);
    change(connection -> {
      for (String table : TABLES) {
        delete("delete from " + table + " where request_id < ?", first, connection);
      }
    });
    return next.isPresent();
  }

  @Override
  public void removeLeftovers(long cutoff) throws SQLException {
    Optional<String> oldest = read(queries -> queries.idAfter(0, "req_" + Long.MAX_VALUE));
    long minute = oldest.map(id -> NameSeen.minuteOf(id, cutoff)).orElse(cutoff / 60_000);
    change(connection -> {
      delete("delete from breaker_changes where at < ?", cutoff, connection);
      delete("delete from names_seen where minute < ?", minute, connection);
    });
  }

  private static void delete(String sql, Object limit, Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, limit);
      statement.executeUpdate();
    }
  }

  @Override
  public long size() throws SQLException {
    return number(dialect.sizeQuery());
  }

  @Override
  public long count() throws SQLException {
    return number(dialect.countQuery());
  }

  private long number(String query) throws SQLException {
    return read(queries -> queries.number(query));
  }

  @Override
  public List<RequestRow> requests(RequestFilter filter) throws SQLException {
    return read(queries -> queries.requests(filter));
  }

  @Override
  public Optional<JournalEntry> request(String requestId) throws SQLException {
    return read(queries -> queries.request(requestId));
  }

  @Override
  public List<BreakerRow> breakerChanges(long from, long to) throws SQLException {
    return read(queries -> queries.breakerChanges(from, to));
  }

  @Override
  public List<UsageRow> usage(List<String> periods) throws SQLException {
    return read(queries -> UsageQueries.totals(periods, queries));
  }

  @Override
  public List<CreditRow> credits(List<String> periods) throws SQLException {
    return read(queries -> UsageQueries.credits(periods, queries));
  }

  @Override
  public List<ReplicaRow> replicas() throws SQLException {
    return dialect == Dialect.SQLITE ? List.of() : read(ReplicaQueries::all);
  }

  @Override
  public List<DayRow> usageDays(UsageQuery query) throws SQLException {
    return read(queries -> UsageQueries.days(query, queries));
  }

  @Override
  public boolean removeUsageBefore(LocalDate day, int most) throws SQLException {
    int[] removed = {0};
    change(connection -> {
      for (String sql : OLD_USAGE) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setString(1, day.toString());
          statement.setInt(2, most);
          removed[0] = Math.max(removed[0], statement.executeUpdate());
        }
      }
      GovernanceTables.removeBefore(day, connection);
    });
    return removed[0] >= most;
  }

  @Override
  public void createDays() throws SQLException {
    if (dialect == Dialect.POSTGRES) {
      try (Connection connection = source.getConnection()) {
        new Days(connection).create();
      }
    }
  }

  @Override
  public long dropDays(long cutoff) throws SQLException {
    if (dialect == Dialect.SQLITE) {
      return cutoff;
    }
    try (Connection connection = source.getConnection()) {
      return new Days(connection).drop(cutoff);
    }
  }

  @Override
  public boolean dropOldestDay() throws SQLException {
    if (dialect == Dialect.SQLITE) {
      return false;
    }
    try (Connection connection = source.getConnection()) {
      return new Days(connection).dropOldest();
    }
  }

  @Override
  public boolean foldEnded() throws SQLException {
    boolean[] more = {false};
    change(connection -> {
      if (dialect == Dialect.POSTGRES) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      if (dialect.isFirst("gateway usage", connection)) {
        more[0] = new EndedReplicas(connection).fold(dialect.now(connection));
      }
    });
    return more[0];
  }

  @Override
  public void close() {
    source.close();
  }

  @Override
  public GovernanceStore governance() {
    return governance;
  }

  /** A read. */
  interface Read<T> {
    T run(Queries queries) throws SQLException;
  }

  private <T> T read(Read<T> read) throws SQLException {
    return read(ReadLimit.READ, read);
  }

  /** Reads for {@code most} at most. */
  <T> T read(Duration most, Read<T> read) throws SQLException {
    try (Connection connection = source.getConnection();
        ReadLimit limit = new ReadLimit(connection, dialect, ticker, most)) {
      return read.run(new Queries(connection, limit));
    }
  }

  /** Whether several processes may use it. */
  boolean isShared() {
    return dialect == Dialect.POSTGRES;
  }

  /** The database's clock, in milliseconds since 1970. */
  long now(Connection connection) throws SQLException {
    return dialect.now(connection);
  }

  /** A transaction that reads too. */
  interface ReadingChange {
    void run(Connection connection, Queries queries) throws SQLException;
  }

  /** Makes a change that outlives a loss of power once it is committed. */
  void changeDurably(ReadingChange change) throws SQLException {
    try (Connection connection = source.getConnection()) {
      String before = dialect.makeDurable(connection);
      try (ReadLimit limit = new ReadLimit(connection, dialect, ticker, ReadLimit.ALL)) {
        change(connection, same -> change.run(same, new Queries(same, limit)));
      }
      restore(before, connection); // One whose change failed is not used again.
    }
    presence.check();
  }

  private void restore(String before, Connection connection) {
    try {
      connection.setAutoCommit(true); // Within a transaction the setting has no effect.
      dialect.restore(before, connection);
    } catch (SQLException broken) {
      source.evictConnection(connection);
    }
  }

  /** A transaction. */
  private interface Change {
    void run(Connection connection) throws SQLException;
  }

  /** Commits a change, or rolls it back. */
  private void change(Change change) throws SQLException {
    try (Connection connection = source.getConnection()) {
      change(connection, change);
    }
  }

  private void change(Connection connection, Change change) throws SQLException {
    try {
      connection.setAutoCommit(false);
      change.run(connection);
      connection.commit();
    } catch (SQLException | RuntimeException | Error failed) {
      undo(connection, failed);
      throw refusal(failed);
    }
  }

  /**
   * Rolls back a change that failed. SQLite ends the transaction by itself when the disk is full,
   * and its driver then still believes in an open transaction: each row would be committed alone
   * from then on. So a connection that failed is not used again.
   */
  private void undo(Connection connection, Throwable failed) {
    boolean undone = false;
    try {
      connection.rollback();
      undone = true;
    } catch (SQLException | RuntimeException again) {
      failed.addSuppressed(again);
    }
    if (!undone || dialect == Dialect.SQLITE) {
      source.evictConnection(connection);
    }
  }

  /** Distinguishes a row that the database or its driver refuses from other failures. */
  private SQLException refusal(Throwable failed) throws SQLException {
    return switch (failed) {
      case SQLException sql when dialect.isRefusal(sql) -> new RefusedBatchException(sql);
      case SQLException sql -> sql;
      case RuntimeException bug -> new RefusedBatchException(bug);
      case Error error -> throw error;
      default -> new SQLException(failed);
    };
  }
}
