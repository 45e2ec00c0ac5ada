package com.langdock.reliability.gateway.journal.store;

import static com.langdock.reliability.gateway.journal.store.Entries.WHOLE;
import static com.langdock.reliability.gateway.journal.store.RequestFilter.newest;
import static com.langdock.reliability.gateway.journal.store.TestJournal.ids;
import static com.langdock.reliability.gateway.journal.store.TestJournal.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.store.Databases.Opened;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables of single days in PostgreSQL. */
@Tag("e2e")
final class DaysTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final String PARTS =
      """
      select part.relname from pg_inherits i join pg_class part on part.oid = i.inhrelid
      where i.inhparent = 'requests'::regclass order by 1
      """;

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  private static String suffix(LocalDate day) {
    return day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static long millis(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** {@link Entries#WHOLE} under another id. */
  private static JournalEntry at(LocalDate day, int number) {
    RequestRow row = WHOLE.request();
    long moment = millis(day) + 3_600_000 + number;
    return new JournalEntry(
        new RequestRow(
            new RequestRow.Ids("req_%d_%08x".formatted(moment, number), null, null, null, null),
            row.asked(),
            new RequestRow.Times(moment, 1, null),
            row.result(),
            row.answeredBy(),
            row.attempts(),
            row.cost()),
        WHOLE.attempts(),
        WHOLE.steps());
  }

  private static void createDay(Opened database, LocalDate day) throws Exception {
    for (String table : List.of("requests", "attempt_rows", "steps", "contents")) {
      database.execute(
          "create table %s_%s partition of %s for values from ('req_%d') to ('req_%d')"
              .formatted(table, suffix(day), table, millis(day), millis(day.plusDays(1))));
    }
  }

  @Test
  void requestsGoToTheTableOfTheirDayAndOthersToTheRest() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    Opened database = JOURNAL.database();
    assertThat(database.texts(PARTS))
        .containsExactly(
            "requests_" + suffix(today),
            "requests_" + suffix(today.plusDays(1)),
            "requests_" + suffix(today.plusDays(2)),
            "requests_rest");
    write(store, at(today, 1), at(today.plusDays(1), 2), at(today.plusDays(40), 3), WHOLE);
    assertThat(database.number("select count(*) from requests_" + suffix(today))).isOne();
    assertThat(database.number("select count(*) from attempt_rows_" + suffix(today))).isEqualTo(2);
    assertThat(database.number("select count(*) from steps_" + suffix(today))).isEqualTo(2);
    assertThat(database.number("select count(*) from requests_rest")).isEqualTo(2);
    assertThat(store.requests(newest(9))).hasSize(4).last().isEqualTo(WHOLE.request());
    assertThat(store.size()).isPositive();
    assertThat(store.count()).isEqualTo(4);
    store.createDays(); // Nothing is missing.
    assertThat(database.texts(PARTS)).hasSize(4);
  }

  @Test
  void oldDaysAreDroppedWholeAndTheRestRowByRow() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    Opened database = JOURNAL.database();
    createDay(database, today.minusDays(9));
    createDay(database, today.minusDays(7));
    write(store, at(today.minusDays(9), 1), at(today.minusDays(8), 2), at(today.minusDays(7), 3));
    write(store, at(today, 4), WHOLE);
    long cutoff = millis(today.minusDays(7)) + 7_200_000;
    long singly = store.dropDays(cutoff);
    assertThat(singly).isEqualTo(millis(today.minusDays(7)));
    assertThat(database.texts(PARTS)).doesNotContain("requests_" + suffix(today.minusDays(9)));
    assertThat(database.number("select count(*) from attempt_rows")).isEqualTo(8);
    assertThat(store.removeBefore(singly, 100)).isFalse();
    assertThat(ids(store, newest(9)))
        .as("a day is kept whole until all of it is too old")
        .containsExactly(
            at(today, 4).request().requestId(), at(today.minusDays(7), 3).request().requestId());
    assertThat(store.dropOldestDay()).isTrue();
    assertThat(ids(store, newest(9))).containsExactly(at(today, 4).request().requestId());
    assertThat(store.dropOldestDay()).as("today stays").isFalse();
  }

  @Test
  void whatCannotBeLockedIsDroppedByTheNextSweepAndHoldsNobodyUp() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    Opened database = JOURNAL.database();
    createDay(database, today.minusDays(9));
    write(store, at(today.minusDays(9), 1));
    try (Connection reader = DriverManager.getConnection(database.url())) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select count(*) from requests").next();
      long before = System.nanoTime();
      store.dropDays(millis(today));
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      assertThat(database.texts(PARTS)).contains("requests_" + suffix(today.minusDays(9)));
      write(store, at(today, 2));
      reader.rollback();
    }
    store.dropDays(millis(today));
    assertThat(database.texts(PARTS)).doesNotContain("requests_" + suffix(today.minusDays(9)));
  }

  @Test
  void rowsFromBeforeThereWereDaysStayUntilTheyAreTooOld() throws Exception {
    JournalStore store = JOURNAL.open(Databases.POSTGRES);
    Opened database = JOURNAL.database();
    write(store, WHOLE, at(today, 1), at(today.plusDays(3), 2));
    // Back to one table each, as the version before had it.
    database.execute("drop view attempts");
    for (String table : List.of("requests", "attempt_rows", "steps", "contents")) {
      database.execute(
          "create table old (like %s including all)".formatted(table),
          "insert into old select * from " + table,
          "drop table " + table,
          "alter table old rename to " + table);
    }
    database.execute(
        "create view attempts as select * from attempt_rows",
        "delete from flyway_schema_history where version = '9'");
    store.close();
    try (JournalStore again = Databases.POSTGRES.at(database.url())) {
      assertThat(database.texts(PARTS))
          .containsExactly(
              "requests_" + suffix(today.plusDays(1)),
              "requests_" + suffix(today.plusDays(2)),
              "requests_before_" + suffix(today.plusDays(1)),
              "requests_rest");
      assertThat(again.requests(newest(9))).hasSize(3);
      assertThat(again.request(Scene.id(1))).contains(WHOLE);
      assertThat(again.request(at(today, 1).request().requestId())).isPresent();
      write(again, at(today, 5), WHOLE);
      assertThat(again.requests(newest(9))).hasSize(4);
      assertThat(again.dropOldestDay()).as("rows from before go one by one").isFalse();
      assertThat(again.removeBefore(again.dropDays(millis(today)), 9)).isFalse();
      assertThat(again.requests(newest(9))).hasSize(3);
      again.dropDays(millis(today.plusDays(1)));
      assertThat(database.texts(PARTS)).noneMatch(name -> name.contains("before"));
    }
  }
}
