package com.langdock.reliability.gateway.journal.store;

import static com.langdock.reliability.gateway.journal.store.Entries.WHOLE;
import static com.langdock.reliability.gateway.journal.store.TestJournal.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.journal.Scene;
import com.langdock.reliability.gateway.journal.store.Databases.Opened;
import com.langdock.reliability.gateway.journal.store.RequestFilter.Who;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database of an earlier release keeps its rows. */
@Tag("e2e")
final class MigrationTest {
  private static final List<String> TABLES =
      List.of("requests", "attempts", "steps", "contents", "breaker_changes");

  @AfterAll
  static void stop() throws Exception {
    Databases.stop();
  }

  /** Rows are written by this release, kept aside, and written back into the first one's tables. */
  @ParameterizedTest
  @EnumSource
  void aJournalOfTheFirstVersionIsMigrated(Databases database) throws Exception {
    try (Opened journal = database.open()) {
      BreakerRow opens = new BreakerRow(5, "openai", "closed", "open", "5 failures in a row");
      journal.store().write(new JournalBatch(List.of(WHOLE), List.of(), List.of(opens)));
      for (String table : TABLES) {
        journal.execute("create table kept_" + table + " as select * from " + table);
      }
      journal.store().close();
      database.emptyExcept("kept_", journal);
      Schema.flyway()
          .dataSource(journal.url(), database.user(), "")
          .locations("classpath:com/langdock/reliability/gateway/journal/store")
          .placeholders(database.dialect().placeholders())
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .target(MigrationVersion.fromVersion("1"))
          .load()
          .migrate();
      for (String table : TABLES) {
        String columns = String.join(", ", journal.columns(table));
        journal.execute(
            "insert into %s (%s) select %s from kept_%s".formatted(table, columns, columns, table));
      }
      journal.execute("insert into breaker_changes select * from breaker_changes");
      JournalStore again = database.at(journal.url());
      assertThat(again.request(Scene.id(1))).contains(WHOLE);
      assertThat(again.breakerChanges(0, 9)).containsExactly(opens);
      assertThat(
              ids(
                  again,
                  new RequestFilter(
                      9,
                      "openai",
                      null,
                      null,
                      new Who("team-7", null, null),
                      "rate_limited",
                      null)))
          .containsExactly(Scene.id(1));
      again.write(new JournalBatch(List.of(WHOLE), List.of(), List.of(opens)));
      assertThat(journal.number("select count(*) from requests")).isEqualTo(1);
      again.close();
    }
  }
}
