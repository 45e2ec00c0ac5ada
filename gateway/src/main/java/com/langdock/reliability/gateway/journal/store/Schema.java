package com.langdock.reliability.gateway.journal.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The journal's tables, and whether a database has them in their current version. */
final class Schema {
  /** The version of the last migration. */
  static final int VERSION = 8;

  /** The version of the last migration of PostgreSQL alone. */
  static final int POSTGRES_VERSION = 9;

  private Schema() {}

  /**
   * Whether nothing needs to be done. Of a newer version's tables the columns known here stay: such
   * a database is used as it is.
   *
   * @throws SQLException when the database cannot be reached
   */
  static boolean isCurrent(Connecting database, Dialect dialect) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return version(statement, dialect) >= dialect.schemaVersion();
    }
  }

  /** Opens one connection with short times. */
  interface Connecting {
    Connection connect() throws SQLException;
  }

  private static int version(Statement statement, Dialect dialect) {
    String yes = dialect == Dialect.SQLITE ? "1" : "true";
    String installed = // Flyway's own table; its versions are whole numbers here.
        """
        select max(cast(version as integer)) as version from flyway_schema_history
        where version is not null and success = %s
        """
            .formatted(yes);
    try (ResultSet row = statement.executeQuery(installed)) {
      return row.next() ? row.getInt("version") : 0;
    } catch (SQLException noSuchTable) {
      return 0; // Flyway finds out what there is.
    }
  }

  /** Brings the tables up to date; reads every row where a version needs it. */
  static void migrate(FluentConfiguration database, Dialect dialect) {
    database.locations(dialect.scripts()).placeholders(dialect.placeholders()).load().migrate();
  }

  /** A configuration that names no database yet. */
  static FluentConfiguration flyway() {
    return Flyway.configure();
  }
}
