package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Writes the columns of a statement in its order, and reads those of a row by name. */
final class Columns {
  private Columns() {}

  /** Sets the parameters of a statement in order. */
  static final class Writer {
    private final PreparedStatement statement;
    private final int together;
    private int last;
    private int rows;

    /** A writer of a statement with parameters for {@code together} rows. */
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

    /** The provider and the model, both null without a target. */
    Writer target(@Nullable Target target) throws SQLException {
      text(target == null ? null : target.provider());
      return text(target == null ? null : target.model());
    }

    Writer cost(Cost cost) throws SQLException {
      whole(cost.usage().inputTokens());
      whole(cost.usage().cachedInputTokens());
      whole(cost.usage().outputTokens());
      return whole(cost.picodollars());
    }

    /** Ends the row. */
    void add() throws SQLException {
      rows++;
      if (rows == together) {
        statement.addBatch();
        last = 0;
        rows = 0;
      }
    }
  }

  /** Reads the columns of a result's current row. */
  static final class Reader {
    private final ResultSet row;

    Reader(ResultSet row) {
      this.row = row;
    }

    String text(String column) throws SQLException {
      return row.getString(column);
    }

    @Nullable String textOrNull(String column) throws SQLException {
      return row.getString(column);
    }

    long whole(String column) throws SQLException {
      return row.getLong(column);
    }

    @Nullable Long wholeOrNull(String column) throws SQLException {
      long value = row.getLong(column);
      return row.wasNull() ? null : value;
    }

    int small(String column) throws SQLException {
      return row.getInt(column);
    }

    @Nullable Integer smallOrNull(String column) throws SQLException {
      int value = row.getInt(column);
      return row.wasNull() ? null : value;
    }

    boolean flag(String column) throws SQLException {
      return row.getInt(column) != 0;
    }

    Target target(String provider, String model) throws SQLException {
      return new Target(text(provider), text(model));
    }

    @Nullable Target targetOrNull(String provider, String model) throws SQLException {
      return textOrNull(provider) == null || textOrNull(model) == null
          ? null
          : target(provider, model);
    }

    Cost cost() throws SQLException {
      Usage usage =
          new Usage(whole("input_tokens"), whole("cached_input_tokens"), whole("output_tokens"));
      return new Cost(usage, wholeOrNull("cost_picodollars"));
    }
  }
}
