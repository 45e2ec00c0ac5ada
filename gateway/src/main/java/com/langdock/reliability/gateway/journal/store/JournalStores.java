package com.langdock.reliability.gateway.journal.store;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Opens stores. */
public final class JournalStores {
  private static final int BUSY_MILLIS = 5_000;
  private static final int CONNECT_SECONDS = 10;

  private JournalStores() {}

  /**
   * Opens a file, and makes it and its folder where they are missing.
   *
   * @param sync whether a committed batch must outlive a loss of power, and not only of the process
   * @throws RuntimeException when it cannot be opened
   */
  public static JournalStore sqlite(Path file, boolean sync) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      makeFolder(folder);
    }
    SQLiteConfig pragmas = new SQLiteConfig();
    pragmas.setJournalMode(JournalMode.WAL);
    pragmas.setSynchronous(sync ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    pragmas.setBusyTimeout(BUSY_MILLIS);
    pragmas.setOpenMode(
        SQLiteOpenMode.NOMUTEX); // A pool gives a connection to one thread at a time.
    SQLiteDataSource source = new SQLiteDataSource(pragmas);
    source.setUrl("jdbc:sqlite:" + file);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    return Database.open(config, Dialect.SQLITE);
  }

  /**
   * Opens a database.
   *
   * @param url of JDBC, without user and password
   * @throws RuntimeException when it cannot be opened
   */
  public static JournalStore postgres(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("ApplicationName", "gateway-journal");
    properties.setProperty("reWriteBatchedInserts", "true");
    config.setDataSourceProperties(properties);
    return Database.open(config, Dialect.POSTGRES);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException problem) {
      throw new UncheckedIOException("the journal's folder " + folder + " cannot be made", problem);
    }
  }
}
