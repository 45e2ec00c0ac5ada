package com.langdock.reliability.gateway.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of single days of a journal in PostgreSQL.
 *
 * <p>Requests and what belongs to them are partitioned by the time in their ids. Days are created
 * ahead and dropped whole, each table in a transaction of its own that waits for a lock only
 * shortly: writers and readers hold locks of several tables in the order of their statements. What
 * cannot be locked now is done by the next sweep. Rows of days that have no table lie in {@code
 * …_rest}, those from before there were days in {@code …_before_} and the first day after them.
 */
final class Days {
  private static final List<String> TABLES =
      List.of("contents", "steps", "attempt_rows", "requests");

  /** Created ahead, so that a day exists although its creation failed several times. */
  private static final int AHEAD = 2;

  private static final String LOCK_TIMEOUT = "set local lock_timeout = '200ms'";

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;
  private static final Pattern NAME = Pattern.compile("requests_(before_)?(\\d{8})");

  private final Connection connection;

  /** The days in the database of {@code connection}, which commits each statement by itself. */
  Days(Connection connection) {
    this.connection = connection;
  }

  /** Creates the tables of today and of some days to come, by the database's clock. */
  void create() throws SQLException {
    LocalDate today = today();
    LocalDate first = before().filter(end -> end.isAfter(today)).orElse(today);
    Set<String> existing = names();
    for (LocalDate day = first; !day.isAfter(today.plusDays(AHEAD)); day = day.plusDays(1)) {
      for (String table : TABLES) {
        if (!existing.contains(nameOf(table, day))) {
          create(table, day);
        }
      }
    }
  }

  /** A day that has rows among the rest stays there. */
  private void create(String table, LocalDate day) throws SQLException {
    String from = idAt(day);
    String to = idAt(day.plusDays(1));
    alone(() -> {
      String taken =
          "select exists (select 1 from %s_rest where request_id >= '%s' and request_id < '%s')"
              .formatted(table, from, to);
      if (!isTrue(taken)) {
        run(
            "create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                .formatted(nameOf(table, day), table, from, to));
      }
    });
  }

  /**
   * Drops the days that ended before {@code cutoff}, in milliseconds since 1970.
   *
   * @return the moment before which rows are left that are to be removed one by one
   */
  long drop(long cutoff) throws SQLException {
    long left = cutoff;
    for (LocalDate day : days()) {
      if (millis(day.plusDays(1)) <= cutoff) {
        drop(SUFFIX.format(day));
      } else {
        left = Math.min(left, millis(day));
      }
    }
    Optional<LocalDate> before = before();
    if (before.isPresent() && millis(before.get()) <= cutoff) {
      drop("before_" + SUFFIX.format(before.get()));
    }
    return left;
  }

  /** Drops the oldest day that has passed; false when there is none, or rows from before days. */
  boolean dropOldest() throws SQLException {
    LocalDate today = today();
    Optional<LocalDate> oldest = days().stream().findFirst().filter(day -> day.isBefore(today));
    if (oldest.isEmpty() || before().isPresent()) {
      return false;
    }
    drop(SUFFIX.format(oldest.get()));
    return !days().contains(oldest.get());
  }

  /** The table of requests goes last: while it is there, the day is found again. */
  private void drop(String suffix) throws SQLException {
    for (String table : TABLES) {
      alone(() -> run("drop table if exists " + table + "_" + suffix));
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private void alone(Step step) throws SQLException {
    connection.setAutoCommit(false);
    try {
      run(LOCK_TIMEOUT);
      if (Dialect.POSTGRES.isFirst("gateway journal days", connection)) {
        step.run();
      }
      connection.commit();
    } catch (SQLException failed) {
      connection.rollback();
      if (!LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        throw failed;
      }
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private LocalDate today() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select (now() at time zone 'UTC')::date")) {
      row.next();
      return row.getObject(1, LocalDate.class);
    }
  }

  /** The days that have tables, the oldest first. */
  private Set<LocalDate> days() throws SQLException {
    Set<LocalDate> days = new TreeSet<>();
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && matcher.group(1) == null) {
        days.add(LocalDate.parse(matcher.group(2), SUFFIX));
      }
    }
    return days;
  }

  /** The first day that is not in the table of what was before days. */
  private Optional<LocalDate> before() throws SQLException {
    return names().stream()
        .map(NAME::matcher)
        .filter(name -> name.matches() && name.group(1) != null)
        .map(name -> LocalDate.parse(name.group(2), SUFFIX))
        .findFirst();
  }

  private Set<String> names() throws SQLException {
    String query =
        """
        select part.relname from pg_inherits i
        join pg_class part on part.oid = i.inhrelid
        join pg_class whole on whole.oid = i.inhparent
        where whole.relname = any (?) and whole.relnamespace = current_schema()::regnamespace
        """;
    Set<String> names = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(1, connection.createArrayOf("text", TABLES.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private boolean isTrue(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static String nameOf(String table, LocalDate day) {
    return table + "_" + SUFFIX.format(day);
  }

  private static String idAt(LocalDate day) {
    return "req_" + millis(day);
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
