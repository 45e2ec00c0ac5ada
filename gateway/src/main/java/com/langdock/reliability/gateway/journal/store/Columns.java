package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.journal.entry.Cost;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes and reads a row's columns in the order of its table. */
final class Columns {
  private Columns() {}

  /** Sets the parameters of a statement, from the first on. */
  static final class Writer {
    private final PreparedStatement statement;
    private final int together;
    private int last;
    private int rows;

    /** A writer of a statement that takes so many rows at once. */
    Writer(PreparedStatement statement, int together) {
      this.statement = statement;
      this.together = together;
    }

    Writer text(@Nullable String value) throws SQLException {
      statement.setString(++last, value);
      return this;
    }

    Writer whole(long value) throws SQLException {
      statement.setLong(++last, value);
      return this;
    }

    Writer whole(@Nullable Long value) throws SQLException {
      if (value == null) {
        statement.setNull(++last, Types.BIGINT);
        return this;
      }
      return whole(value.longValue());
    }

    Writer small(@Nullable Integer value) throws SQLException {
      if (value == null) {
        statement.setNull(++last, Types.INTEGER);
      } else {
        statement.setInt(++last, value);
      }
      return this;
    }

    Writer flag(boolean value) throws SQLException {
      statement.setInt(++last, value ? 1 : 0);
      return this;
    }

    Writer bytes(byte[] value) throws SQLException {
      statement.setBytes(++last, value);
      return this;
    }

    Writer cost(Cost cost) throws SQLException {
      whole(cost.usage().inputTokens());
      whole(cost.usage().cachedInputTokens());
      whole(cost.usage().outputTokens());
      return whole(cost.picodollars());
    }

    /** The row is complete. */
    void add() throws SQLException {
      rows++;
      if (rows == together) {
        statement.addBatch();
        last = 0;
        rows = 0;
      }
    }
  }

  /** Reads the columns of a result's current row, from the first on. */
  static final class Reader {
    private final ResultSet row;
    private int last;

    Reader(ResultSet row) {
      this.row = row;
    }

    String text() throws SQLException {
      return row.getString(++last);
    }

    @Nullable String textOrNull() throws SQLException {
      return row.getString(++last);
    }

    long whole() throws SQLException {
      return row.getLong(++last);
    }

    @Nullable Long wholeOrNull() throws SQLException {
      long value = row.getLong(++last);
      return row.wasNull() ? null : value;
    }

    int small() throws SQLException {
      return row.getInt(++last);
    }

    @Nullable Integer smallOrNull() throws SQLException {
      int value = row.getInt(++last);
      return row.wasNull() ? null : value;
    }

    boolean flag() throws SQLException {
      return row.getInt(++last) != 0;
    }

    Cost cost() throws SQLException {
      return new Cost(new Usage(whole(), whole(), whole()), wholeOrNull());
    }
  }
}
