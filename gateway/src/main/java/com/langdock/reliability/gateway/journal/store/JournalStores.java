package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Ticker;
import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Opens stores, and brings their schema up to date. */
public final class JournalStores {
  private static final int BUSY_MILLIS = 5_000;
  private static final int CONNECT_SECONDS = 3;

  /** Longest silence of the database while it works on one statement. */
  private static final int SOCKET_SECONDS = 10;

  /** The same while the schema changes, which reads every row. */
  private static final int MIGRATION_SECONDS = 1_800;

  private static final int STATEMENT_MILLIS = 8_000;

  /** Longest silence of the database while it draws. */
  private static final int DRAW_SECONDS = 2;

  private JournalStores() {}

  /**
   * Opens a file, and makes it and its folder where they are missing, for their owner only.
   *
   * @param sync whether a committed batch must outlive a loss of power, and not only of the process
   * @throws SQLException when it is no database
   * @throws RuntimeException when it cannot be opened
   */
  public static JournalStore sqlite(Path file, boolean sync, Ticker ticker) throws SQLException {
    OldFile.rename(file);
    SqliteLibrary.load(file);
    SqliteFile journal = SqliteFile.create(file);
    SQLiteConfig pragmas = new SQLiteConfig();
    pragmas.setJournalMode(JournalMode.WAL);
    pragmas.setSynchronous(sync ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    pragmas.setBusyTimeout(BUSY_MILLIS);
    pragmas.setOpenMode(
        SQLiteOpenMode.NOMUTEX); // A pool gives a connection to one thread at a time.
    SQLiteDataSource source = new SQLiteDataSource(pragmas);
    source.setUrl("jdbc:sqlite:" + file);
    if (!Schema.isCurrent(source::getConnection, Dialect.SQLITE)) {
      Schema.migrate(Schema.flyway().dataSource(source), Dialect.SQLITE);
    }
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    return Database.open(config, Dialect.SQLITE, journal, ticker);
  }

  /**
   * Opens a database. Parameters in {@code url} take precedence over the times that are set here.
   *
   * @param url of JDBC, without user and password
   * @throws SQLException when it cannot be reached
   * @throws RuntimeException when its schema cannot be brought up to date
   */
  public static JournalStore postgres(String url, String user, String password, Ticker ticker)
      throws SQLException {
    Properties login = new Properties();
    login.putAll(properties(SOCKET_SECONDS));
    login.put("user", user);
    login.put("password", password);
    if (!Schema.isCurrent(() -> DriverManager.getConnection(url, login), Dialect.POSTGRES)) {
      FluentConfiguration database = Schema.flyway().dataSource(url, user, password);
      Schema.migrate(database.jdbcProperties(properties(MIGRATION_SECONDS)), Dialect.POSTGRES);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    properties(SOCKET_SECONDS).forEach(config::addDataSourceProperty);
    config.setConnectionInitSql("set statement_timeout = " + STATEMENT_MILLIS);
    Database opened = Database.open(config, Dialect.POSTGRES, () -> {}, ticker);
    try {
      opened.createDays();
    } catch (SQLException | RuntimeException failed) {
      opened.close();
      throw failed;
    }
    return opened;
  }

  /**
   * Draws ceilings of shared limits from a database that {@link #postgres} has opened once.
   *
   * @param replica the name of this process
   * @param leaseNanos how long ceilings are promised
   */
  public static CeilingTable ceilings(
      String url, String user, String password, String replica, long leaseNanos) {
    Properties login = new Properties();
    login.putAll(properties(DRAW_SECONDS));
    login.put("connectTimeout", Integer.toString(1));
    login.put("loginTimeout", Integer.toString(DRAW_SECONDS));
    login.put("ApplicationName", "gateway-limits");
    login.put("prepareThreshold", "0");
    login.put("user", user);
    login.put("password", password);
    return new CeilingTable(() -> DriverManager.getConnection(url, login), replica, leaseNanos);
  }

  private static Map<String, String> properties(int socketSeconds) {
    return Map.of(
        "connectTimeout", Integer.toString(CONNECT_SECONDS),
        "loginTimeout", Integer.toString(2 * CONNECT_SECONDS),
        "socketTimeout", Integer.toString(socketSeconds),
        "cancelSignalTimeout", Integer.toString(CONNECT_SECONDS),
        "tcpKeepAlive", "true",
        "ApplicationName", "gateway-journal",
        "reWriteBatchedInserts", "true");
  }
}
