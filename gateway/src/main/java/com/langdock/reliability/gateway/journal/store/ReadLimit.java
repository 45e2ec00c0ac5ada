package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.sqlite.ProgressHandler;

/**
 * Ends a read after some seconds, however many statements it has. PostgreSQL gets the remaining
 * time with each statement; SQLite checks the clock while it works.
 */
final class ReadLimit implements AutoCloseable {
  /** Longest time that a reader may take. */
  static final Duration READ = Duration.ofSeconds(5);

  /** Longest time that reading all keys may take, or a change of many. */
  static final Duration ALL = Duration.ofSeconds(20);

  /** Steps of SQLite's machine between two checks of the clock: some hundred microseconds. */
  private static final int STEPS = 5_000;

  private final Connection connection;
  private final Dialect dialect;
  private final Ticker ticker;
  private final long deadline;

  /** Begins a read of {@code time}; to be closed before the connection is given back. */
  ReadLimit(Connection connection, Dialect dialect, Ticker ticker, Duration time)
      throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    this.ticker = ticker;
    this.deadline = ticker.nanos() + time.toNanos();
    if (dialect == Dialect.SQLITE) {
      ProgressHandler.setHandler(sqlite(), STEPS, handler());
    }
  }

  /** Limits a statement that is about to begin. */
  void apply(Statement statement) throws SQLException {
    long left = deadline - ticker.nanos();
    if (left <= 0) {
      throw new SQLTimeoutException("reading the journal took too long");
    }
    if (dialect == Dialect.POSTGRES) {
      statement.setQueryTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left)));
    }
  }

  @Override
  public void close() throws SQLException {
    if (dialect == Dialect.SQLITE) {
      ProgressHandler.clearHandler(sqlite());
    }
  }

  private Connection sqlite() throws SQLException {
    return connection.unwrap(org.sqlite.SQLiteConnection.class);
  }

  private ProgressHandler handler() {
    return new ProgressHandler() {
      @Override
      protected int progress() {
        return ticker.nanos() - deadline > 0 ? 1 : 0;
      }
    };
  }
}
