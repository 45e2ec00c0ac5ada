package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.entry.BreakerRow;
import com.langdock.reliability.gateway.journal.entry.JournalEntry;
import com.langdock.reliability.gateway.journal.entry.RequestRow;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** A journal in a database, its schema brought up to date when it is opened. */
final class Database implements JournalStore {
  private static final int CONNECTIONS = 3;
  private static final int PERCENT_REMOVED = 5;
  private static final List<String> TABLES =
      List.of("steps", "attempt_rows", "contents", "requests");

  private final HikariDataSource source;
  private final Dialect dialect;
  private long sizeAfterShrinking;

  private Database(HikariDataSource source, Dialect dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  /** Opens what {@code config} names. */
  static Database open(HikariConfig config, Dialect dialect) {
    config.setPoolName("journal");
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource source = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:com/langdock/reliability/gateway/journal/store")
          .placeholders(dialect.placeholders())
          .load()
          .migrate();
    } catch (RuntimeException failed) {
      source.close();
      throw failed;
    }
    return new Database(source, dialect);
  }

  @Override
  public void write(JournalBatch batch) throws SQLException {
    change(connection -> new Inserts(connection).write(batch));
  }

  @Override
  public void removeBefore(long cutoff) throws SQLException {
    removeBefore("req_" + cutoff);
    change(connection -> {
      String changes = "delete from breaker_changes where at < ?";
      try (PreparedStatement statement = connection.prepareStatement(changes)) {
        statement.setLong(1, cutoff);
        statement.executeUpdate();
      }
    });
  }

  private void removeBefore(String requestId) throws SQLException {
    change(connection -> {
      for (String table : TABLES) {
        String rows = "delete from " + table + " where request_id < ?";
        try (PreparedStatement statement = connection.prepareStatement(rows)) {
          statement.setString(1, requestId);
          statement.executeUpdate();
        }
      }
    });
  }

  /**
   * Removes a few in a hundred at a time until it is small enough, or until that makes it no
   * smaller: some databases keep the room of what was removed, and use it again. Then nothing more
   * is removed before it has grown.
   */
  @Override
  public void shrinkTo(long bytes) throws SQLException {
    long size = size();
    boolean shrinks = size > bytes && size > sizeAfterShrinking;
    while (shrinks) {
      Optional<String> oldestKept = read(queries -> queries.idAfter(PERCENT_REMOVED));
      if (oldestKept.isPresent()) {
        removeBefore(oldestKept.get());
      }
      sizeAfterShrinking = size();
      shrinks = sizeAfterShrinking > bytes && sizeAfterShrinking < size;
      size = sizeAfterShrinking;
    }
  }

  private long size() throws SQLException {
    return read(queries -> queries.number(dialect.sizeQuery()));
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
  public void close() {
    source.close();
  }

  /** Asks something. */
  private interface Question<T> {
    T ask(Queries queries) throws SQLException;
  }

  private <T> T read(Question<T> question) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return question.ask(new Queries(connection));
    }
  }

  /** Changes something. */
  private interface Change {
    void make(Connection connection) throws SQLException;
  }

  /** All of a change, or none of it. */
  private void change(Change change) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        change.make(connection);
        connection.commit();
      } catch (SQLException failed) {
        connection.rollback();
        throw failed;
      }
    }
  }
}
