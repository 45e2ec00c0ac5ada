package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The databases that a journal can be kept in, each empty when it is opened. */
enum Databases {
  SQLITE {
    @Override
    Opened open() throws IOException, SQLException {
      Path file = GatewayFixture.journalFile();
      Files.delete(Objects.requireNonNull(file.getParent())); // which the journal makes itself
      String url = "jdbc:sqlite:" + file;
      return new Opened(at(url), url);
    }

    @Override
    JournalStore at(String url) throws SQLException {
      return JournalStores.sqlite(Path.of(url.substring("jdbc:sqlite:".length())), false, TICKER);
    }
  },

  POSTGRES {
    @Override
    Opened open() throws IOException, SQLException {
      EmbeddedPostgres server = postgres();
      String url = server.getJdbcUrl("postgres", "postgres");
      try (Connection connection = DriverManager.getConnection(url)) {
        connection.createStatement().execute("drop schema public cascade; create schema public");
      }
      return new Opened(at(url), url);
    }

    @Override
    JournalStore at(String url) throws SQLException {
      return JournalStores.postgres(url, "postgres", "", TICKER);
    }
  };

  /** A clock for the times of readers; it stands still unless a test turns it. */
  static final ManualTicker TICKER = new ManualTicker();

  private static @Nullable EmbeddedPostgres running;

  /** A store that a test has opened. */
  record Opened(JournalStore store, String url) implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }

    /** The one number that a query answers. */
    long number(String query) throws SQLException {
      try (Connection connection = DriverManager.getConnection(url);
          ResultSet row = connection.createStatement().executeQuery(query)) {
        row.next();
        return row.getLong(1);
      }
    }

    /** Changes the database past the store. */
    void execute(String... statements) throws SQLException {
      try (Connection connection = DriverManager.getConnection(url)) {
        for (String statement : statements) {
          connection.createStatement().execute(statement);
        }
      }
    }

    /** The names of the columns of a table. */
    List<String> columns(String table) throws SQLException {
      List<String> names = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection(url);
          ResultSet row =
              connection.createStatement().executeQuery("select * from " + table + " limit 0")) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          names.add(row.getMetaData().getColumnName(i));
        }
      }
      return names;
    }

    /** The texts of a query's first column. */
    List<String> texts(String query) throws SQLException {
      List<String> texts = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection(url);
          ResultSet row = connection.createStatement().executeQuery(query)) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
      return texts;
    }

    /** The request kept under an id, as text. */
    String contents(String requestId) throws SQLException {
      try (Connection connection = DriverManager.getConnection(url);
          PreparedStatement query =
              connection.prepareStatement("select request from contents where request_id = ?")) {
        query.setString(1, requestId);
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? new String(row.getBytes(1), StandardCharsets.UTF_8) : "";
        }
      }
    }
  }

  abstract Opened open() throws Exception;

  /** Its dialect. */
  Dialect dialect() {
    return this == SQLITE ? Dialect.SQLITE : Dialect.POSTGRES;
  }

  /** The user that owns it. */
  String user() {
    return this == SQLITE ? "" : "postgres";
  }

  /** Drops all views and tables but those whose names begin with {@code kept}. */
  void emptyExcept(String kept, Opened journal) throws SQLException {
    journal.execute("drop view attempts");
    String tables =
        this == SQLITE
            ? "select name from sqlite_master where type = 'table'"
            : "select relname from pg_class where relkind in ('r', 'p') and not relispartition"
                + " and relnamespace = current_schema()::regnamespace";
    for (String table : journal.texts(tables)) {
      if (!table.startsWith(kept)) {
        journal.execute("drop table " + table);
      }
    }
  }

  /** Opens what is at {@code url} already. */
  abstract JournalStore at(String url) throws SQLException;

  private static EmbeddedPostgres postgres() throws IOException {
    if (running == null) {
      running = EmbeddedPostgres.builder().start();
    }
    return Objects.requireNonNull(running);
  }

  /** Stops the server that was started, if one was. */
  static void stop() throws IOException {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
