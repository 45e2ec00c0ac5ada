package com.langdock.reliability.gateway.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.journal.store.UsageQuery.By;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Usage of ended processes is added up, on both databases. */
@Tag("e2e")
final class EndedReplicasTest {
  @RegisterExtension private static final TestJournal JOURNAL = new TestJournal();

  private static final List<String> PERIODS = List.of("2027-01-30", "2027-01-31", "total");
  private static final UsageQuery REPORT =
      new UsageQuery(List.of(By.DAY, By.KEY, By.TAG), "2027-01-01", "2027-12-31", 1_000);

  private static Sums sums(SplittableRandom random) {
    return new Sums(
        random.nextInt(9),
        random.nextInt(9),
        random.nextInt(9),
        random.nextInt(9),
        random.nextInt());
  }

  private static void write(JournalStore store, String replica, SplittableRandom random)
      throws Exception {
    List<UsageRow> totals = new ArrayList<>();
    List<DayRow> days = new ArrayList<>();
    for (int key = 0; key < 1 + random.nextInt(3); key++) {
      String name = "k" + random.nextInt(4);
      for (String period : PERIODS) {
        totals.removeIf(row -> row.subject().equals(name) && row.period().equals(period));
        totals.add(
            new UsageRow(name, period, sums(random), random.nextInt(9), random.nextInt(9), 1));
      }
      DayRow.Names names =
          new DayRow.Names(PERIODS.getFirst(), name, "t", "m", "m", "openai", "", "{}");
      days.removeIf(row -> row.names().equals(names));
      days.add(new DayRow(names, sums(random)));
    }
    UsagePart part = new UsagePart(replica, totals, days);
    store.write(new JournalBatch(List.of(), List.of(), List.of(), part));
  }

  private static List<UsageRow> usage(JournalStore store) throws Exception {
    return store.usage(PERIODS).stream().sorted(Comparator.naturalOrder()).toList();
  }

  /** Processes write, end by themselves or are killed, and are folded in between, in any order. */
  @ParameterizedTest
  @EnumSource
  void foldingChangesNoSum(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int step = 0; step < 10; step++) {
        String replica = "r" + seed + "-" + random.nextInt(4);
        boolean ended =
            JOURNAL
                    .database()
                    .number(
                        "select count(*) from replicas where id = '" + replica + "' and ended = 1")
                > 0;
        if (random.nextInt(3) > 0 && !ended) {
          write(store, replica, random);
        } else {
          JOURNAL
              .database()
              .execute(
                  "insert into replicas (id, host, seen_version, seen_at, ended) values ('"
                      + replica
                      + "', 'a', 0, 99999999999999, 1)"
                      + " on conflict (id) do update set ended = 1");
        }
        List<UsageRow> before = usage(store);
        List<DayRow> reported = store.usageDays(REPORT);
        for (int times = random.nextInt(3); times > 0; times--) {
          boolean _ = store.foldEnded();
        }
        assertThat(usage(store)).as("seed %d, step %d", seed, step).isEqualTo(before);
        assertThat(store.usageDays(REPORT)).as("seed %d", seed).isEqualTo(reported);
      }
      JOURNAL.database().execute("update replicas set ended = 1");
      List<UsageRow> before = usage(store);
      while (store.foldEnded()) {}
      assertThat(usage(store)).as("seed %d", seed).isEqualTo(before);
    }
    JOURNAL.database().execute("update replicas set ended = 1"); // Those that had no row yet.
    while (store.foldEnded()) {}
    assertThat(JOURNAL.database().number("select count(*) from usage where replica <> 'ended'"))
        .isZero();
    assertThat(JOURNAL.database().number("select count(*) from replicas")).isZero();
    assertThat(JOURNAL.database().number("select count(*) from usage")).isEqualTo(4 * 3);
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatWasKilledCountsAsEndedAfterAWeek(Databases database) throws Exception {
    JournalStore store = JOURNAL.open(database);
    write(store, "old", new SplittableRandom(1));
    assertThat(store.foldEnded()).as("its week begins").isFalse();
    assertThat(JOURNAL.database().number("select count(*) from usage where replica = 'ended'"))
        .isZero();
    JOURNAL.database().execute("update replicas set seen_at = seen_at - 8 * 86400000");
    while (store.foldEnded()) {}
    assertThat(JOURNAL.database().number("select count(*) from usage where replica = 'old'"))
        .isZero();
  }
}
